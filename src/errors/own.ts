import { ticket } from './shared.ts'
import type { Rows } from './types.ts'

/** Codes of this action. They never come from Tencent Cloud. */
export const own = {
  'Certificate.AlgorithmConflict': {
    meaning:
      'EdgeOne and SSL Certificate Service report different algorithms for a certificate of the host, so the step cannot tell which certificate to replace. Nothing was changed on this host.',
    fix: `List all certificates that the host should have in \`cert-id\`, or set \`keep-other-algorithms: false\` to bind exactly the ones given. If the algorithms still differ in the consoles, ${ticket}.`,
  },
  'Certificate.AlgorithmUnknown': {
    meaning:
      'The host has several certificates, and their algorithms are unknown, so the step cannot tell which one to replace. Nothing was changed on this host.',
    fix: 'Allow `ssl:DescribeCertificates` for this key, list all certificates that the host should have in `cert-id`, or set `keep-other-algorithms: false` to bind exactly the ones given.',
  },
  'Certificate.DefaultNotTaken': {
    meaning:
      'EdgeOne did not accept the default certificate of the zone by its ID. API version 2022-09-01 binds a certificate only by an ID of SSL Certificate Service, which a default certificate may not have.',
    fix: 'Set `api-version: 2022-01-06`, which binds the default certificate without an ID, or pass the ID of a certificate of SSL Certificate Service as `cert-id`.',
    concerns: 'certificate',
  },
  'Certificate.Expired': {
    meaning: 'The certificate has expired. EdgeOne does not accept it, and browsers reject it. Nothing was changed.',
    fix: 'Renew the certificate and pass the ID of the new one as `cert-id`.',
    concerns: 'certificate',
  },
  'Certificate.ExpiresSoon': {
    meaning:
      'The certificate expires sooner than `min-days-left` allows. Usually the renewal before this step did not produce a new certificate. Nothing was changed.',
    fix: 'Check the step that renews the certificate, and check that `cert-id` is the ID of the new one. Otherwise lower `min-days-left`.',
    concerns: 'certificate',
  },
  'Certificate.File': {
    meaning:
      'A file named in `certificate` or `private-key` could not be read: it does not exist, is not a file, or is outside the workspace. Nothing was changed.',
    fix: 'Use paths relative to the workspace of the job, and check that the previous step wrote the files there. Copy files from elsewhere into the workspace first.',
    concerns: 'all',
  },
  'Certificate.KeyMismatch': {
    meaning:
      'A private key does not match any of the certificates, or a certificate has no private key. Nothing was changed.',
    fix: 'Pass the private key that this certificate was issued for. Usually the certificate and the key come from two different renewals.',
    concerns: 'all',
  },
  'Certificate.KeyTooShort': {
    meaning:
      'The key of the certificate is too short for EdgeOne. The minimum is 2048 bits for RSA and 225 bits for EC. Nothing was changed.',
    fix: 'Reissue the certificate with an RSA 2048 or EC P-256 key and pass its ID as `cert-id`.',
    concerns: 'certificate',
  },
  'Certificate.NamesUnknown': {
    meaning:
      '`match: certificate` selects the hosts that the certificate covers, but the names in the certificate could not be read. Nothing was changed.',
    fix: 'Allow `ssl:DescribeCertificates` for this key, check `cert-id`, or select the hosts with `match: exact` or `match: pattern`.',
    concerns: 'all',
  },
  'Certificate.NoDefault': {
    meaning: 'The zone has no default certificate that is deployed and valid. Nothing was changed.',
    fix: 'Check the default certificate of the zone in the EdgeOne console, or pass the ID of a certificate as `cert-id`.',
    concerns: 'all',
  },
  'Certificate.NoneFound': {
    meaning:
      '`cert-id: newest` needs a certificate that is issued, deployable and valid, and that covers all hosts of the site. The account has none.',
    fix: 'Get a certificate that covers all hosts, or use one step, or one entry of the manifest, per certificate. If a host needs an algorithm for which the account has no certificate, exclude it with `hosts`.',
    concerns: 'all',
  },
  'Certificate.NotCovered': {
    meaning:
      'The certificate does not cover some of the hosts, so browsers would reject it there. `*.example.com` covers neither `example.com` nor `a.b.example.com`. Nothing was changed.',
    fix: 'Remove these hosts from `hosts`, use a certificate that covers them, or set `match: certificate` to select only the hosts that the certificate covers.',
  },
  'Certificate.NotDeployable': {
    meaning:
      'SSL Certificate Service marks the certificate as not deployable: for example, it has no private key there. Nothing was changed.',
    fix: 'Check the certificate in the SSL Certificate Service console. Upload it together with its private key and pass the new ID as `cert-id`, or pass `certificate` and `private-key`.',
    concerns: 'certificate',
  },
  'Certificate.NotIssued': {
    meaning: 'The certificate has not been issued yet, or its application was rejected. Nothing was changed.',
    fix: 'Complete the application in the SSL Certificate Service console, such as the domain validation. Run the job again once the certificate is issued, or pass the ID of another one as `cert-id`.',
    concerns: 'certificate',
  },
  'Certificate.NotServer': {
    meaning:
      'The certificate is a CA certificate. It verifies other certificates and cannot be bound to a host. Nothing was changed.',
    fix: 'Pass the ID of a server certificate (type SVR) as `cert-id`.',
    concerns: 'certificate',
  },
  'Certificate.NotYetValid': {
    meaning: 'The certificate is not valid yet. Nothing was changed.',
    fix: 'Run the job again once the certificate is valid, or check the clock of the machine that issued it.',
    concerns: 'certificate',
  },
  'Certificate.Revoked': {
    meaning:
      'The certificate was revoked, cancelled or refunded, or this is in progress. Browsers can reject a revoked certificate. Nothing was changed.',
    fix: 'Request or upload a new certificate and pass its ID as `cert-id`.',
    concerns: 'certificate',
  },
  'Certificate.SameAlgorithm': {
    meaning:
      'Two of the certificates have the same algorithm. A host can have at most one certificate per algorithm. Nothing was changed.',
    fix: 'Keep only one certificate per algorithm (RSA, ECC, SM2) in `cert-id`.',
    concerns: 'all',
  },
  'Certificate.Unreadable': {
    meaning:
      '`certificate` or `private-key` does not contain what the step needs: PEM certificates and an unencrypted PEM private key. Nothing was changed.',
    fix: 'Correct the parts listed above. ACME clients write suitable files, usually named `fullchain.pem` and `privkey.pem`.',
    concerns: 'all',
  },
  'Input.ForeignAccount': {
    meaning: 'The key belongs to an account that is not listed in `allowed-account-ids`. Nothing was changed.',
    fix: 'Use a key or role of the intended account, or correct `allowed-account-ids`.',
    concerns: 'all',
  },
  'Input.HostSelectedTwice': {
    meaning:
      'Two entries of the manifest select the same host of a site. Nothing was changed at this site for these entries.',
    fix: 'Select each host in one entry only: exclude it from the other with `!` and its name in `hosts`, or merge the two entries.',
    concerns: 'all',
  },
  'Input.HostNotOnline': {
    meaning:
      'A host in `hosts` is not online: it is disabled or blocked, or its zone is not active. Its certificate was not changed.',
    fix: 'Enable the host in the EdgeOne console and run the job again, or remove it from `hosts`. `match: pattern` skips such hosts.',
  },
  'Input.Invalid': {
    meaning: 'Some inputs are missing or invalid. The step stopped before it called the API.',
    fix: 'Correct the inputs named above in the workflow.',
    concerns: 'all',
  },
  'Input.Manifest': {
    meaning: 'The manifest has the problems shown above, or cannot be read. Nothing was sent to Tencent Cloud.',
    fix: 'Correct the file at the places shown, and the inputs that are named. The JSON Schema `docs/manifest.schema.json` lets an editor check it while you type.',
    concerns: 'all',
  },
  'Input.MatchUnreadable': {
    meaning:
      'Selecting hosts by pattern or by certificate requires the list of hosts, and EdgeOne did not allow reading it. Nothing was changed.',
    fix: 'List the hosts and set `match: exact`, or allow `teo:DescribeAccelerationDomains` for this key (with `api-version: 2022-01-06`, `teo:DescribeHostsCertificate`).',
    concerns: 'all',
  },
  'Input.NoIdToken': {
    meaning:
      'With `role-arn` and no key, the step assumes the role with the OIDC token of the job. GitHub provides this token only to jobs with the permission `id-token: write`, and never to pull requests from forks.',
    fix: 'Add `permissions: { id-token: write }` to the job. For pull requests from forks, run the step after the merge instead.',
    concerns: 'all',
  },
  'Input.NoCname': {
    meaning:
      '`connect-to: cname` connects to the CNAME that EdgeOne assigns to each host, and EdgeOne did not return it. It is never returned under `api-version: 2022-01-06` or for Pages (Makers) sites. Nothing was changed.',
    fix: 'Remove `connect-to` to connect to the hosts by their own names, set it to `host[:port]`, or set `wait-for: deployed`.',
    concerns: 'all',
  },
  'Input.NoHosts': {
    meaning: 'The inputs do not select any host of the zone. Nothing was changed.',
    fix: 'Correct `hosts` and `match`. If an empty selection is expected, set `if-no-hosts` to `warn` or `ignore`.',
    concerns: 'all',
  },
  'Input.NoZone': {
    meaning:
      '`zone-name: auto` looks for the sites to which the names of the certificate belong. The account has none. Nothing was changed.',
    fix: 'Check that the key belongs to the account of the sites and may list them (`teo:DescribeZones`), or name the sites with `zone-id` or `zone-name`.',
    concerns: 'all',
  },
  'Input.UnknownHosts': {
    meaning:
      'The zone has no acceleration domains with these names. The step stopped before any change to the zone, so its other hosts were not changed either.',
    fix: 'Correct the names in `hosts`, check that the zone is the right one, or add the domains to the zone first.',
  },
  'Input.ZoneLocked': {
    meaning: 'The zone is locked and does not accept changes. Nothing was changed.',
    fix: 'Check in the EdgeOne console why the zone is locked. If its plan is being changed, run the job again later.',
    concerns: 'all',
  },
  'Input.ZoneName': {
    meaning: 'The account has no zone with this name, or more than one. Nothing was changed.',
    fix: 'Use `zone-id` instead of `zone-name`, or correct the name. Also check that the key and `site` are those of the account that owns the zone.',
    concerns: 'all',
  },
  'Network.Connect': {
    meaning: 'The runner could not connect to the API.',
    fix: 'Run the job again: the network or the service may have been down for a moment. On a self-hosted runner, check that it can reach `*.tencentcloudapi.com:443` or set `HTTPS_PROXY`. If `endpoint` is set, check its host.',
    retry: { why: 'no connection to the service', budget: 'bounded' },
    concerns: 'all',
  },
  'Network.Deadline': {
    meaning: 'The deadline of the step (`wait-minutes`) passed before the API answered.',
    fix: 'Run the job again; it is safe to repeat. If this happens often, increase `wait-minutes`.',
    concerns: 'all',
  },
  'Network.HttpStatus': {
    meaning: 'A gateway or proxy between the runner and the API answered with an HTTP error.',
    fix: 'If the status is 5xx or 429, run the job again later. With any other status, check `endpoint` and the proxy of the runner.',
    retry: { why: 'a gateway or proxy failed', budget: 'bounded', only: 'with HTTP 5xx or 429' },
    concerns: 'all',
  },
  'Network.Proxy': {
    meaning: 'The proxy of the runner (`HTTPS_PROXY`) refused to open a tunnel to the API.',
    fix: 'Allow CONNECT to `*.tencentcloudapi.com:443` on the proxy, correct `HTTPS_PROXY` (`http://user:password@host:port`), or add the API to `NO_PROXY`.',
    concerns: 'all',
  },
  'Network.Redirect': {
    meaning:
      'The endpoint answered with a redirect. The step does not follow redirects, because a signature is only valid for the host it was made for.',
    fix: 'Set `endpoint` to the final address, or remove it.',
    concerns: 'all',
  },
  'Network.Reset': {
    meaning: 'The connection broke before the answer was complete. The service may or may not have applied the call.',
    fix: 'Run the job again; it is safe to repeat.',
    retry: { why: 'the connection broke, and the call is safe to repeat', budget: 'bounded' },
    concerns: 'all',
  },
  'Network.Response': {
    meaning:
      'The answer was not a valid answer of the Tencent Cloud API: it was not JSON, or a required part was missing.',
    fix: 'Check `endpoint` and the proxy of the runner. If both are correct, run the job again.',
    retry: { why: 'the answer was incomplete or garbled', budget: 'bounded' },
    concerns: 'all',
  },
  'Network.Timeout': {
    meaning: 'The service did not answer in time. It may or may not have applied the call.',
    fix: 'Run the job again; it is safe to repeat.',
    retry: { why: 'no answer in time, and the call is safe to repeat', budget: 'bounded' },
    concerns: 'all',
  },
  'Network.Tls': {
    meaning: 'The TLS certificate of the endpoint or of the proxy could not be verified, so the request was not sent.',
    fix: 'If a proxy inspects TLS, save its root certificate to a file and set `NODE_EXTRA_CA_CERTS` to the path. Do not turn verification off: someone may be intercepting the connection.',
    concerns: 'all',
  },
  'Network.TooLarge': {
    meaning: 'The answer was larger than any answer of the API, so the step stopped reading it.',
    fix: 'Check `endpoint` and the proxy of the runner: something other than the API probably answered.',
    concerns: 'all',
  },
  'Run.Cancelled': {
    meaning: 'The run was cancelled.',
    fix: 'Run the job again; it is safe to repeat.',
    concerns: 'all',
  },
  'Run.SitesFailed': {
    meaning: 'Several sites failed, for different reasons. The other sites of the run are done.',
    fix: 'See the table of sites, and below it the cause and the fix of each failure. Running the job again changes only what still needs a change.',
    concerns: 'all',
  },
  'Run.Unexpected': {
    meaning: 'This action failed with an unexpected error, which is a bug.',
    fix: 'Run the job again. If it fails again, open an issue and attach the log of a run with debug logging; secrets are masked in it.',
    concerns: 'all',
  },
  'Verify.ApplicationFailed': {
    meaning:
      'EdgeOne accepted the change but could not obtain the certificate (status `failed`). The host may have no valid certificate now.',
    fix: 'Check the certificate of the host in the EdgeOne console. To get a free certificate, the DNS of the host must point to EdgeOne first.',
  },
  'Verify.BindingFailed': {
    meaning:
      'EdgeOne accepted the change but could not bind the certificate (status `issued`). It is not certain which certificate the host serves.',
    fix: `Run the job again; it is safe to repeat. If it fails the same way, ${ticket}.`,
  },
  'Verify.HostBusy': {
    meaning:
      'An earlier change of the host was still being deployed at the deadline. EdgeOne accepts no other change until it is done, so none was sent.',
    fix: 'Run the job again later, or increase `wait-minutes`. If the host is still being deployed hours later, open a ticket with Tencent Cloud.',
  },
  'Verify.HostGone': {
    meaning:
      'The host was deleted from the site while the step was waiting for it: two readings in a row did not list it.',
    fix: 'If the host was deleted on purpose, remove it from `hosts`. Otherwise add it to the site again and run the job again.',
  },
  'Verify.HostNotOnline': {
    meaning: 'The host was disabled or blocked while the step was running, so it does not serve the certificate.',
    fix: 'Check in the EdgeOne console why the host is not online. Enable it and run the job again, or remove it from `hosts`.',
  },
  'Verify.MutualTlsChanged': {
    meaning:
      'Client or upstream certificates of a host (mutual TLS) changed while the step changed its certificate. The step sends no such settings, so EdgeOne or somebody else changed them. Until they are restored, visitors or the origin may be rejected, or accepted without a check.',
    fix: `Check the mutual TLS settings of the host in the EdgeOne console and compare them with the certificate IDs above. If nobody else changed them, ${ticket}.`,
  },
  'Verify.NotDeployed': {
    meaning:
      'EdgeOne accepted the change, but it was not in effect on the host at the deadline. Visitors may still see the previous certificate.',
    fix: 'Run the job again: it continues to wait and changes only what still needs a change. If this happens often, increase `wait-minutes`.',
  },
  'Verify.NotServed': {
    meaning:
      'EdgeOne reports that the certificate is deployed, but TLS handshakes with the host did not return it before the deadline. Visitors do not see it yet.',
    fix: 'Check above which certificate is served and from which address. If the DNS of the host does not point to EdgeOne, change it, or check EdgeOne directly with `connect-to: cname`. Otherwise run the job again or increase `wait-minutes`.',
  },
  'Verify.NotProbed': {
    meaning:
      'EdgeOne reports that the certificate is deployed, but the step stopped before a TLS handshake showed what the host serves.',
    fix: 'Run the job again: it changes nothing that is in place, and probes the host. If the deadline passed, increase `wait-minutes`.',
  },
  'Verify.NoWitness': {
    meaning:
      'TLS handshakes with the host return a certificate for its name, but nothing proves that it is the new one. The step does not have the certificate itself, neither SSL Certificate Service nor EdgeOne says when it expires, and the certificate that was served before is unknown or expires at the same time.',
    fix: 'Allow `ssl:DescribeCertificates` for this key, or pass the certificate as PEM. To do without this proof, set `wait-for: deployed`.',
  },
  'Verify.RollbackFailed': {
    meaning:
      'The new certificate did not take effect on a host, and its previous certificate was not seen in effect again. It is not certain which certificate the host serves.',
    fix: 'Check the host now. If the message ends with a command, that command restores its previous certificate. Otherwise bind a valid certificate in the EdgeOne console, or run the job again.',
  },
  'Verify.NotTaken': {
    meaning:
      'EdgeOne accepted the same change three times, but the host still has its previous certificate, which is what visitors see.',
    fix: `Run the job again. If it fails the same way, bind the certificate in the EdgeOne console and ${ticket}.`,
  },
} as const satisfies Rows
