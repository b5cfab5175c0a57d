import type { own } from '../own.ts'
import type { Texts } from '../types.ts'
import { ticket } from './shared.ts'

export const ownTexts = {
  'Certificate.AlgorithmConflict': {
    meaning: 'EdgeOne 和 SSL 证书服务返回的证书算法不一致，步骤无法确定应替换该域名的哪张证书。该域名未做任何修改。',
    fix: `请在 \`cert-id\` 中列出该域名应绑定的全部证书，或设置 \`keep-other-algorithms: false\`，只绑定所填的证书。如果两个控制台显示的算法仍不一致，请${ticket}。`,
  },
  'Certificate.AlgorithmUnknown': {
    meaning: '该域名绑定了多张证书，但无法得知这些证书的算法，步骤无法确定应替换哪一张。该域名未做任何修改。',
    fix: '请为密钥授予 `ssl:DescribeCertificates` 权限；或在 `cert-id` 中列出该域名应绑定的全部证书；或设置 `keep-other-algorithms: false`，只绑定所填的证书。',
  },
  'Certificate.DefaultNotTaken': {
    meaning:
      'EdgeOne 不接受以 ID 绑定该站点的默认证书。2022-09-01 版接口只能通过 SSL 证书服务的证书 ID 绑定证书，而默认证书不一定有这样的 ID。',
    fix: '请设置 `api-version: 2022-01-06`，该版本不需要 ID 即可绑定默认证书；或在 `cert-id` 中填写 SSL 证书服务的证书 ID。',
  },
  'Certificate.Expired': {
    meaning: '证书已过期，EdgeOne 不接受，浏览器也不信任。未做任何修改。',
    fix: '请续期证书，并在 `cert-id` 中填写新证书的 ID。',
  },
  'Certificate.ExpiresSoon': {
    meaning: '证书的剩余有效期少于 `min-days-left` 的要求，通常是前面的续期步骤没有生成新证书。未做任何修改。',
    fix: '请检查续期证书的步骤，并确认 `cert-id` 是新证书的 ID。如果确实要使用该证书，请调小 `min-days-left`。',
  },
  'Certificate.File': {
    meaning:
      '无法读取 `certificate` 或 `private-key` 指定的文件：文件不存在、不是普通文件，或不在工作区内。未做任何修改。',
    fix: '请使用相对于作业工作区的路径，并确认前面的步骤已把文件写到该位置。其他位置的文件请先复制到工作区。',
  },
  'Certificate.KeyMismatch': {
    meaning: '私钥与所有证书都不匹配，或有证书缺少对应的私钥。未做任何修改。',
    fix: '请填写签发该证书时使用的私钥。常见原因是证书和私钥来自两次不同的续期。',
  },
  'Certificate.KeyTooShort': {
    meaning: '证书的密钥长度不满足 EdgeOne 的要求：RSA 至少 2048 位，EC 至少 225 位。未做任何修改。',
    fix: '请使用 RSA 2048 或 EC P-256 密钥重新签发证书，并在 `cert-id` 中填写新证书的 ID。',
  },
  'Certificate.NamesUnknown': {
    meaning: '`match: certificate` 会选择证书覆盖的域名，但无法读取证书中的域名。未做任何修改。',
    fix: '请为密钥授予 `ssl:DescribeCertificates` 权限，检查 `cert-id`，或改用 `match: exact` 或 `match: pattern` 选择域名。',
  },
  'Certificate.NoDefault': {
    meaning: '该站点没有已部署且有效的默认证书。未做任何修改。',
    fix: '请在 EdgeOne 控制台检查该站点的默认证书，或在 `cert-id` 中填写证书 ID。',
  },
  'Certificate.NoneFound': {
    meaning: '设置了 `cert-id: newest`，但账号下没有已签发、可部署、在有效期内且覆盖站点所选全部域名的证书。',
    fix: '请申请覆盖这些域名的证书；或按证书拆分域名，每张证书使用一个步骤或清单中的一个条目。如果某个域名所需算法的证书不存在，请在 `hosts` 中排除该域名。',
  },
  'Certificate.NotCovered': {
    meaning:
      '证书未覆盖部分域名，浏览器访问这些域名时会报证书错误。`*.example.com` 既不覆盖 `example.com`，也不覆盖 `a.b.example.com`。未做任何修改。',
    fix: '请从 `hosts` 中去掉这些域名，或改用覆盖它们的证书，或设置 `match: certificate`，只选择证书覆盖的域名。',
  },
  'Certificate.NotDeployable': {
    meaning: 'SSL 证书服务标记该证书不可部署，例如其中没有保存私钥。未做任何修改。',
    fix: '请在 SSL 证书控制台检查该证书，将其连同私钥重新上传，并在 `cert-id` 中填写新的 ID；或直接填写 `certificate` 和 `private-key`。',
  },
  'Certificate.NotIssued': {
    meaning: '证书尚未签发，或申请未通过审核。未做任何修改。',
    fix: '请在 SSL 证书控制台完成申请（例如域名验证），签发后重新运行作业；或在 `cert-id` 中填写其他证书的 ID。',
  },
  'Certificate.NotServer': {
    meaning: '该证书是 CA 证书，只能用于验证其他证书，不能绑定到域名。未做任何修改。',
    fix: '请在 `cert-id` 中填写服务器证书（SVR 类型）的 ID。',
  },
  'Certificate.NotYetValid': {
    meaning: '证书尚未到生效时间。未做任何修改。',
    fix: '请在证书生效后重新运行作业；或检查签发证书的机器时钟是否准确。',
  },
  'Certificate.Revoked': {
    meaning: '证书已吊销、已取消或已退款，或正在处理中。浏览器可能不信任已吊销的证书。未做任何修改。',
    fix: '请申请或上传新证书，并在 `cert-id` 中填写其 ID。',
  },
  'Certificate.SameAlgorithm': {
    meaning: '有两张证书的算法相同。一个域名每种算法最多绑定一张证书。未做任何修改。',
    fix: '请在 `cert-id` 中为每种算法（RSA、ECC、SM2）只保留一张证书。',
  },
  'Certificate.Unreadable': {
    meaning: '`certificate` 或 `private-key` 的内容不符合要求：需要 PEM 格式的证书和未加密的 PEM 私钥。未做任何修改。',
    fix: '请修正上面列出的部分。ACME 客户端会生成可直接使用的文件，通常名为 `fullchain.pem` 和 `privkey.pem`。',
  },
  'Input.ForeignAccount': {
    meaning: '密钥所属的账号不在 `allowed-account-ids` 中。未做任何修改。',
    fix: '请使用目标账号的密钥或角色，或修正 `allowed-account-ids`。',
  },
  'Input.HostSelectedTwice': {
    meaning: '清单中有两个条目选择了同一站点的同一个域名。这两个条目在该站点上均未做任何修改。',
    fix: '请确保每个域名只被一个条目选择：在另一个条目的 `hosts` 中用 `!` 加域名将其排除，或合并这两个条目。',
  },
  'Input.HostNotOnline': {
    meaning: '`hosts` 中有域名不在线：域名已停用或被封禁，或所属站点未激活。该域名的证书未修改。',
    fix: '请在 EdgeOne 控制台启用该域名后重新运行作业，或从 `hosts` 中去掉该域名。`match: pattern` 会跳过不在线的域名。',
  },
  'Input.Invalid': {
    meaning: '部分输入缺失或无效，步骤在调用 API 之前已停止。',
    fix: '请在工作流中修正上面指出的输入。',
  },
  'Input.Manifest': {
    meaning: '清单文件存在上面列出的问题，或无法读取。未向腾讯云发送任何请求。',
    fix: '请按上面标出的位置修改清单文件，并修正指出的输入。在编辑器中使用 JSON Schema `docs/manifest.schema.json`，可以边写边检查。',
  },
  'Input.MatchUnreadable': {
    meaning: '按通配规则或按证书选择域名，需要先读取域名列表，但 EdgeOne 不允许读取。未做任何修改。',
    fix: '请逐个列出域名并设置 `match: exact`；或为密钥授予 `teo:DescribeAccelerationDomains` 权限（使用 `api-version: 2022-01-06` 时为 `teo:DescribeHostsCertificate`）。',
  },
  'Input.NoIdToken': {
    meaning:
      '设置了 `role-arn` 且未提供密钥时，步骤使用作业的 OIDC 令牌扮演角色。GitHub 只向具有 `id-token: write` 权限的作业提供该令牌，且不会提供给来自 fork 的拉取请求。',
    fix: '请在作业中添加 `permissions: { id-token: write }`。对于来自 fork 的拉取请求，请在合并之后再运行该步骤。',
  },
  'Input.NoCname': {
    meaning:
      '`connect-to: cname` 需要连接 EdgeOne 为每个域名分配的 CNAME，但 EdgeOne 未返回该 CNAME。使用 `api-version: 2022-01-06` 时，或对于 Pages（Makers）站点，不会返回 CNAME。未做任何修改。',
    fix: '请去掉 `connect-to`，按域名本身连接；或将其设为 `host[:port]`；或设置 `wait-for: deployed`。',
  },
  'Input.NoHosts': {
    meaning: '当前输入没有选中站点中的任何域名。未做任何修改。',
    fix: '请修正 `hosts` 和 `match`。如果允许没有域名，请将 `if-no-hosts` 设为 `warn` 或 `ignore`。',
  },
  'Input.NoZone': {
    meaning: '设置了 `zone-name: auto`，但账号下没有与证书中任何域名对应的站点。未做任何修改。',
    fix: '请确认密钥属于站点所在的账号，并有权列出站点（`teo:DescribeZones`）；或用 `zone-id` 或 `zone-name` 指定站点。',
  },
  'Input.UnknownHosts': {
    meaning: '站点中没有这些加速域名。步骤在修改该站点之前已停止，该站点的其他域名也未修改。',
    fix: '请修正 `hosts` 中的域名，确认站点无误，或先在站点中添加这些加速域名。',
  },
  'Input.ZoneLocked': {
    meaning: '站点已锁定，不接受修改。未做任何修改。',
    fix: '请在 EdgeOne 控制台查看站点锁定的原因。如果正在变更套餐，请稍后重新运行作业。',
  },
  'Input.ZoneName': {
    meaning: '账号下没有该名称的站点，或有多个同名站点。未做任何修改。',
    fix: '请改用 `zone-id`，不使用 `zone-name`，或修正名称。同时请确认密钥和 `site` 与站点所属的账号一致。',
  },
  'Network.Connect': {
    meaning: '运行器无法连接 API。',
    fix: '请重新运行作业，可能是网络或服务短暂中断。自托管运行器请确认能访问 `*.tencentcloudapi.com:443`，或设置 `HTTPS_PROXY`。如果设置了 `endpoint`，请检查其中的主机名。',
  },
  'Network.Deadline': {
    meaning: '已到步骤的截止时间（`wait-minutes`），API 仍未返回。',
    fix: '请重新运行作业，重复运行是安全的。如果经常出现，请调大 `wait-minutes`。',
  },
  'Network.HttpStatus': {
    meaning: '运行器与 API 之间的网关或代理返回了 HTTP 错误。',
    fix: '如果状态码是 5xx 或 429，请稍后重新运行作业。其他状态码请检查 `endpoint` 和运行器的代理。',
  },
  'Network.Proxy': {
    meaning: '运行器的代理（`HTTPS_PROXY`）拒绝建立到 API 的隧道。',
    fix: '请在代理上允许以 CONNECT 方式访问 `*.tencentcloudapi.com:443`，或修正 `HTTPS_PROXY`（`http://user:password@host:port`），或将 API 的域名加入 `NO_PROXY`。',
  },
  'Network.Redirect': {
    meaning: '接口地址返回了重定向。签名只对原来的主机名有效，因此步骤不会跟随重定向。',
    fix: '请将 `endpoint` 设为最终地址，或去掉该输入。',
  },
  'Network.Reset': {
    meaning: '响应尚未接收完整，连接就已中断。服务可能已执行该调用，也可能没有。',
    fix: '请重新运行作业，重复运行是安全的。',
  },
  'Network.Response': {
    meaning: '收到的响应不是有效的腾讯云 API 响应：不是 JSON，或缺少必要的部分。',
    fix: '请检查 `endpoint` 和运行器的代理。如果都正确，请重新运行作业。',
  },
  'Network.Timeout': {
    meaning: '服务未在规定时间内响应。服务可能已执行该调用，也可能没有。',
    fix: '请重新运行作业，重复运行是安全的。',
  },
  'Network.Tls': {
    meaning: '无法验证接口地址或代理的 TLS 证书，请求未发送。',
    fix: '如果代理会解密 TLS 流量，请将其根证书保存为文件，并将 `NODE_EXTRA_CA_CERTS` 设为该文件的路径。请不要关闭证书验证，连接可能正被他人劫持。',
  },
  'Network.TooLarge': {
    meaning: '响应的大小超过了 API 可能返回的大小，步骤已停止读取。',
    fix: '请检查 `endpoint` 和运行器的代理，返回该响应的很可能不是腾讯云 API。',
  },
  'Run.Cancelled': {
    meaning: '运行已被取消。',
    fix: '请重新运行作业，重复运行是安全的。',
  },
  'Run.SitesFailed': {
    meaning: '多个站点失败，且原因各不相同。其余站点已完成。',
    fix: '请查看作业摘要中的站点表格，表格下方列出了每个失败的原因和处理办法。重新运行作业时，只会修改仍需修改的部分。',
  },
  'Run.Unexpected': {
    meaning: '本 Action 发生了意外错误，属于程序缺陷。',
    fix: '请重新运行作业。如果再次失败，请提交 Issue，并附上开启调试日志后的运行日志，日志中的敏感信息已隐藏。',
  },
  'Verify.ApplicationFailed': {
    meaning: 'EdgeOne 接受了修改，但证书申请失败（状态为 `failed`）。该域名目前可能没有有效证书。',
    fix: '请在 EdgeOne 控制台检查该域名的证书。申请免费证书之前，域名的 DNS 解析必须先指向 EdgeOne。',
  },
  'Verify.BindingFailed': {
    meaning: 'EdgeOne 接受了修改，但证书绑定失败（状态为 `issued`）。目前无法确定该域名使用的是哪张证书。',
    fix: `请重新运行作业，重复运行是安全的。如果再次出现同样的错误，请${ticket}。`,
  },
  'Verify.HostBusy': {
    meaning: '到截止时间时，该域名之前的修改仍在部署中。部署完成前 EdgeOne 不接受其他修改，因此步骤未提交修改。',
    fix: '请稍后重新运行作业，或调大 `wait-minutes`。如果数小时后该域名仍在部署中，请提交工单。',
  },
  'Verify.HostGone': {
    meaning: '步骤等待期间，该域名已从站点中删除：连续两次读取的域名列表中都没有该域名。',
    fix: '如果是有意删除的，请从 `hosts` 中去掉该域名。否则请重新将其添加到站点，再重新运行作业。',
  },
  'Verify.HostNotOnline': {
    meaning: '步骤运行期间，该域名被停用或封禁，因此证书未对外生效。',
    fix: '请在 EdgeOne 控制台查看该域名不在线的原因。启用后重新运行作业，或从 `hosts` 中去掉该域名。',
  },
  'Verify.MutualTlsChanged': {
    meaning:
      '步骤修改域名证书期间，该域名的客户端证书或回源证书（双向认证）发生了变化。步骤不会提交这些配置，变化来自 EdgeOne 或其他人。在恢复之前，访客或源站的连接可能被拒绝，也可能未经校验就被放行。',
    fix: `请在 EdgeOne 控制台检查该域名的双向认证配置，并与上面的证书 ID 核对。如果没有其他人修改过，请${ticket}。`,
  },
  'Verify.NotDeployed': {
    meaning: 'EdgeOne 接受了修改，但到截止时间时仍未在该域名上生效。访客看到的可能还是原来的证书。',
    fix: '请重新运行作业，步骤会继续等待，且只修改仍需修改的部分。如果经常出现，请调大 `wait-minutes`。',
  },
  'Verify.NotServed': {
    meaning: 'EdgeOne 显示证书已部署，但到截止时间时，与该域名进行 TLS 握手仍未返回该证书。访客目前看不到新证书。',
    fix: '请查看上面列出的实际返回的证书和地址。如果域名的 DNS 解析没有指向 EdgeOne，请修改解析，或设置 `connect-to: cname`，直接检查 EdgeOne。否则请重新运行作业，或调大 `wait-minutes`。',
  },
  'Verify.NotProbed': {
    meaning: 'EdgeOne 显示证书已部署，但步骤在通过 TLS 握手确认该域名返回的证书之前已停止。',
    fix: '请重新运行作业：已就绪的部分不会再次修改，步骤会探测该域名。如果是到了截止时间，请调大 `wait-minutes`。',
  },
  'Verify.NoWitness': {
    meaning:
      '与该域名进行 TLS 握手时返回的证书与域名相符，但无法证明它就是新证书：步骤没有证书本身的内容，SSL 证书服务和 EdgeOne 都没有提供其到期时间，而原来的证书未知，或到期时间相同。',
    fix: '请为密钥授予 `ssl:DescribeCertificates` 权限，或以 PEM 形式传入证书。如果不需要这一确认，请设置 `wait-for: deployed`。',
  },
  'Verify.RollbackFailed': {
    meaning: '新证书未能在域名上生效，也没有确认原来的证书已恢复。目前无法确定该域名使用的是哪张证书。',
    fix: '请立即检查该域名。如果错误信息末尾附有命令，执行该命令可以恢复原来的证书。否则请在 EdgeOne 控制台绑定有效的证书，或重新运行作业。',
  },
  'Verify.NotTaken': {
    meaning: 'EdgeOne 三次接受了同样的修改，但该域名绑定的仍是原来的证书，访客看到的也是原来的证书。',
    fix: `请重新运行作业。如果再次出现同样的错误，请在 EdgeOne 控制台绑定证书，同时${ticket}。`,
  },
} as const satisfies Readonly<Record<keyof typeof own, Texts>>
