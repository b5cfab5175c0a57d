import type { Explanations } from './types.ts'

/** Codes of UploadCertificate (reference of SSL Certificate Service, "Error Codes"). */
export const ssl: Explanations = {
  AuthFailure: {
    meaning: 'SSL Certificate Service did not accept the signature or the identity of the call.',
    fix:
      'Store `secret-id` and `secret-key` (and `session-token` for a temporary key) anew from one and the same key ' +
      'of the CAM console. Set `site` to the site of that account.',
  },
  'AuthFailure.UnauthorizedOperation': {
    meaning: 'CAM does not allow this user or role to make the call of SSL Certificate Service.',
    fix:
      'In the CAM console, attach a policy that allows `ssl:UploadCertificate` on resource `*`, which is the only ' +
      'resource it takes. Or upload the certificate by other means and pass its ID as `cert-id`.',
  },
  FailedOperation: {
    meaning:
      'SSL Certificate Service could not carry out the call and gave no reason; an account used on the wrong site is ' +
      'one known cause.',
    fix:
      'Set `site` to `international` for an account of tencentcloud.com and to `china` for one of cloud.tencent.com. ' +
      'If it is right, run the job again later and open a ticket with the RequestId if it fails the same way.',
  },
  'FailedOperation.AuthError': {
    meaning: 'The user or role has no permission for this call of SSL Certificate Service.',
    fix:
      'In the CAM console, allow it `ssl:UploadCertificate` on resource `*`, in addition to ' +
      '`teo:ModifyHostsCertificate` for the binding.',
  },
  'FailedOperation.CAMAuthorizedFail': {
    meaning: 'SSL Certificate Service asked CAM about the permission of the caller and got an error or a refusal.',
    fix:
      'In the CAM console, check that the user or role is allowed `ssl:UploadCertificate` on resource `*`. If it is, ' +
      'run the job again later and open a ticket with the RequestId if it fails the same way.',
  },
  'FailedOperation.CancelOrderFailed': {
    meaning:
      'An order of a certificate could not be cancelled; an upload cancels no order, so the code is not expected ' +
      'from this step.',
    fix:
      'Check in the SSL Certificate Service console whether the certificate is there and has an open order. If it ' +
      'comes up all the same, open a ticket with the RequestId.',
  },
  'FailedOperation.CannotBeDeletedIssued': {
    meaning: 'The certificate is issued, and SSL Certificate Service does not let it be deleted.',
    fix:
      'Set `old-certificates` to `mute` or `keep`. To get rid of the certificate, revoke or delete it in the SSL ' +
      'Certificate Service console.',
  },
  'FailedOperation.CannotBeDeletedWithinHour': {
    meaning: 'The certificate is a free one applied for within the last hour, and it cannot be deleted that early.',
    fix:
      'Delete it later in the SSL Certificate Service console, or set `old-certificates` to `keep` or `mute`. The ' +
      'binding of the new certificate does not depend on this.',
  },
  'FailedOperation.CannotGetOrder': {
    meaning: 'SSL Certificate Service could not read the order that belongs to a certificate.',
    fix:
      'Run the job again later. If it fails the same way, check the certificate in the SSL Certificate Service ' +
      'console and open a ticket with the RequestId.',
  },
  'FailedOperation.CertificateCaError': {
    meaning:
      'The content was taken for a CA certificate and does not have the form of one, so what was given is mostly not ' +
      'a server certificate with its own chain.',
    fix:
      'Pass the server certificate (leaf) and its intermediates in `certificate` and the key of the leaf in ' +
      '`private-key`. Take root certificates and certificates of other chains out.',
  },
  'FailedOperation.CertificateChainError': {
    meaning: 'A certificate of the chain is damaged, expired, or does not fit the one before it.',
    fix:
      'Pass in `certificate` the full chain as the CA delivers it (often `fullchain.pem`): the leaf and every ' +
      'intermediate, each once and whole. Without the chain file, download the intermediates from the CA.',
  },
  'FailedOperation.CertificateEncryptInvalid': {
    meaning:
      'The certificate looks like SM2 (Chinese national algorithms), which this upload does not take as a normal ' +
      'certificate.',
    fix:
      'Upload the SM2 certificate in the SSL Certificate Service console with the SM2 standard chosen and pass its ' +
      'ID as `cert-id`. If it was meant to be RSA or ECC, check which files `certificate` and `private-key` name.',
  },
  'FailedOperation.CertificateExists': {
    meaning: 'The same certificate is already stored in this account.',
    fix:
      'Find its ID in the SSL Certificate Service console and pass it as `cert-id` in place of `certificate` and ' +
      '`private-key`. If it is not to be seen there, open a ticket with the RequestId.',
  },
  'FailedOperation.CertificateInvalid': {
    meaning: 'SSL Certificate Service does not accept the content as a certificate.',
    fix:
      'Check that `certificate` holds whole PEM blocks with real line breaks, from `-----BEGIN CERTIFICATE-----` to ' +
      '`-----END CERTIFICATE-----`. If it comes from a secret, store the file anew without quotes or blanks.',
  },
  'FailedOperation.CertificateMatchError': {
    meaning:
      'The private key does not belong to the certificate, or one of them was altered by stray blanks or line breaks.',
    fix:
      'Pass the `certificate` and `private-key` of one and the same issue: a renewal usually makes a new key. If ' +
      'both come from secrets, store them anew together.',
  },
  'FailedOperation.CertificateMismatch': {
    meaning: 'The private key does not belong to the certificate.',
    fix:
      'Pass the `certificate` and `private-key` of one and the same issue: a renewal usually makes a new key. If ' +
      'both come from secrets, update them together.',
  },
  'FailedOperation.CertificateNotFound': {
    meaning:
      'The account has no certificate with this ID: it was deleted, mistyped, or belongs to another account or site.',
    fix:
      'Copy the ID from the SSL Certificate Service console of the account and `site` in use into `cert-id`. If it ' +
      'is gone, pass `certificate` and `private-key`.',
  },
  'FailedOperation.CertificateParseError': {
    meaning:
      'SSL Certificate Service could not parse the certificate or key; mostly blanks, missing line breaks or a cut ' +
      'block in the PEM text.',
    fix:
      'Pass the files as the CA delivered them in `certificate` and `private-key`, or store the secrets anew with ' +
      'their line breaks. The key must be a PEM block without a password.',
  },
  'FailedOperation.ExceedsFreeLimit': {
    meaning: 'The account has reached its number of free certificates.',
    fix:
      'Delete expired free certificates in the SSL Certificate Service console, or buy more quota, and run the job ' +
      'again. An uploaded certificate normally does not count, so open a ticket with the RequestId if none can be ' +
      'deleted.',
  },
  'FailedOperation.InvalidCertificateStatusCode': {
    meaning:
      'The certificate is in a state that does not allow the call: for instance not yet issued, revoked, or being ' +
      'deleted.',
    fix:
      'Look at its state in the SSL Certificate Service console. Pass the ID of an issued certificate as `cert-id`, ' +
      'or another `certificate` with its `private-key`.',
  },
  'FailedOperation.InvalidParam': {
    meaning: 'SSL Certificate Service does not accept a parameter of the call.',
    fix:
      'Check that `certificate` and `private-key` hold one whole certificate with its key, and choose a short ' +
      '`cert-alias` without special characters. If they are right, open a ticket with the RequestId.',
  },
  'FailedOperation.NetworkError': {
    meaning: 'SSL Certificate Service could not reach the certification authority, which is busy.',
    fix:
      'Nothing to fix in the workflow: run the job again later. If it fails the same way for hours, open a ticket ' +
      'with the RequestId, or pass the ID of an already stored certificate as `cert-id`.',
  },
  'FailedOperation.NoProjectPermission': {
    meaning: 'The user or role may not use the project in which the certificate is or would be stored.',
    fix:
      'The step names no project, so the default project of the account is meant: give the user or role access to it ' +
      'in the CAM console. Or pass the ID of a certificate that it may use as `cert-id`.',
  },
  'FailedOperation.NoRealNameAuth': {
    meaning:
      'The account has not completed identity verification, which SSL Certificate Service requires on the China site.',
    fix:
      'Complete identity verification with the main account in the account console, then run the job again. If the ' +
      'account is one of tencentcloud.com, set `site: international`.',
  },
  'FailedOperation.OrderAlreadyReplaced': {
    meaning:
      'The order of a certificate has been reissued already; an upload reissues nothing, so the code is not expected ' +
      'from this step.',
    fix:
      'Find the reissued certificate in the SSL Certificate Service console and pass its ID as `cert-id`. If it ' +
      'comes up all the same, open a ticket with the RequestId.',
  },
  'FailedOperation.OrderReplaceFailed': {
    meaning:
      'A certificate could not be reissued; an upload reissues nothing, so the code is not expected from this step.',
    fix:
      'Look at the order in the SSL Certificate Service console and reissue the certificate there if need be. If it ' +
      'comes up all the same, open a ticket with the RequestId.',
  },
  InternalError: {
    meaning: 'SSL Certificate Service failed on its own side while it handled the call.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, run ' +
      'the job again later or raise `wait-minutes`, and open a ticket with the RequestId if that fails too.',
  },
  'InvalidParameter.MissMatchPrivateKey': {
    meaning: 'None of the keys that were sent belongs to the certificate.',
    fix:
      'Pass in `private-key` the key with which this `certificate` was requested: a renewal usually makes a new one. ' +
      'If both come from secrets, update them together.',
  },
  'InvalidParameter.WithDetailReason': {
    meaning:
      'SSL Certificate Service does not accept a parameter of the call; the reason is in the message of the API.',
    fix:
      'Read the output `error-message` and correct the input it speaks of: `certificate`, `private-key` or ' +
      '`cert-alias`. If it speaks of none of them, open a ticket with the RequestId.',
  },
  'LimitExceeded.RateLimitExceeded': {
    meaning:
      'SSL Certificate Service received more calls of this kind in one second than it allows; calls of other jobs ' +
      'count as well.',
    fix:
      'Nothing to fix in the workflow: the step retries this itself until `wait-minutes` ends. If it persists, move ' +
      'the `schedule` of this workflow away from other jobs of the account, or raise `wait-minutes`.',
  },
}
