export const id = 95;
export const ids = [95];
export const modules = { 8095: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
	__webpack_require__.d(__webpack_exports__, { chinese: () => chinese });
	var family = __webpack_require__(3023);
	//! ./lib/errors/zh/shared.js
	const retriedToDeadline = "步骤会自动重试，直至 `wait-minutes` 设定的时间用完。";
	const retriedBriefly = "步骤会自动重试几次。如仍失败，请稍后重新运行作业";
	const ticket = "提交工单并提供请求 ID";
	const matchSite = " `site` 是否与账号一致（中国站或国际站）";
	const otherSite = "密钥所属的账号与 `site` 不一致（中国站或国际站）";
	//! ./lib/errors/zh/common.js
	const commonTexts = {
		ActionOffline: {
			meaning: "腾讯云已下线该接口。",
			fix: "如果工作流设置了 `api-version: 2022-01-06`，请改为默认值 `2022-09-01`。否则请升级到本 Action 的新版本。"
		},
		AuthFailure: {
			meaning: "腾讯云未通过该调用的签名或身份校验。",
			fix: `请重新保存访问管理（CAM）控制台中同一个密钥的 \`secret-id\` 和 \`secret-key\`；使用临时密钥时，还要保存 \`session-token\`。另请检查${matchSite}。`
		},
		"AuthFailure.InvalidAuthorization": {
			meaning: "腾讯云收到的 `Authorization` 请求头无效：密钥中有多余的字符，或请求在运行器与腾讯云之间被修改。",
			fix: "请将 `secret-id` 和 `secret-key` 重新保存为 Secrets，不要带引号、空格或换行。如果使用了 `endpoint` 或代理，请确认其不会修改请求头。"
		},
		"AuthFailure.InvalidSecretId": {
			meaning: "`secret-id` 的值不是腾讯云 API 密钥的 ID。",
			fix: "请在访问管理（CAM）控制台打开主账号或子用户的 API 密钥，将 `SecretId` 和 `SecretKey` 分别保存为 `secret-id` 和 `secret-key`。请不要使用账号 UIN、APPID 或其他产品的密钥。"
		},
		"AuthFailure.MFAFailure": {
			meaning: "该账号的这项操作需要 MFA 校验，而工作流无法完成 MFA 校验。",
			fix: "请在访问管理（CAM）控制台新建调用 API 时无需 MFA 校验的子用户，将其密钥用作 `secret-id` 和 `secret-key`。"
		},
		"AuthFailure.SecretIdNotFound": {
			meaning: "腾讯云找不到该 `secret-id`：填写有误、已删除、已禁用、属于另一个站（中国站或国际站），或者是缺少令牌的临时密钥。",
			fix: `请在访问管理（CAM）控制台确认密钥存在且已启用，重新保存 \`secret-id\` 和 \`secret-key\`，首尾不要带空格。使用临时密钥时，还要设置 \`session-token\`。另请检查${matchSite}。`
		},
		"AuthFailure.SignatureExpire": {
			meaning: "运行器与腾讯云的时间相差超过五分钟，签名被视为已过期。",
			fix: "步骤已自动校正一次时间差，但仍未成功。请同步自托管运行器的时钟（NTP）。如果时钟准确，请检查是否有代理延迟了请求。"
		},
		"AuthFailure.SignatureFailure": {
			meaning: "签名与请求不符：`secret-key` 与 `secret-id` 不属于同一个密钥，或请求在途中被修改。",
			fix: "请重新保存访问管理（CAM）控制台中同一个密钥的 `secret-id` 和 `secret-key`，不要带空格或换行。如果都正确，请确认代理或 `endpoint` 不会修改主机名、请求头或请求体。"
		},
		"AuthFailure.TokenFailure": {
			meaning: "临时密钥的令牌已过期、不完整，或属于其他密钥。",
			fix: "请使用同一作业中获取的同一个临时密钥的 `secret-id`、`secret-key` 和 `session-token`。使用永久密钥时，请将 `session-token` 和 `TENCENTCLOUD_\u2026TOKEN` 变量留空。"
		},
		"AuthFailure.UnauthorizedOperation": {
			meaning: "该用户或角色没有执行此操作的权限。",
			fix: "请在访问管理（CAM）控制台关联策略，允许错误信息中的操作。绑定证书需要站点的 `teo:ModifyHostsCertificate` 权限，`QcloudSSLFullAccess` 不包含该权限。"
		},
		DryRunOperation: {
			meaning: "接口将该调用当作试运行处理：调用本会成功，但未做任何修改。",
			fix: `步骤从不发送 \`DryRun\`。请检查代理或 \`endpoint\` 是否在请求中添加了该参数。如果没有，请${ticket}。`
		},
		FailedOperation: {
			meaning: `服务未能完成该调用。如果错误信息没有给出原因，已知的一种原因是${otherSite}。`,
			fix: `如果错误信息给出了原因，请按该原因处理。否则请设置 \`site\`：tencentcloud.com 的账号为 \`international\`，cloud.tencent.com 的账号为 \`china\`。如果设置正确，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`
		},
		InternalError: {
			meaning: "服务发生内部错误。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		InvalidAction: {
			meaning: "请求的接口地址和版本中没有此接口。",
			fix: `请检查${matchSite}。如果工作流设置了 \`api-version: 2022-01-06\`，请改为 \`2022-09-01\`。如果设置了 \`endpoint\`，请确认每个 \`{service}\` 都指向该服务自己的主机名。`
		},
		InvalidParameter: {
			meaning: "调用中有参数的格式或类型不正确。",
			fix: `请将 \`zone-id\`、\`hosts\` 和 \`cert-id\` 与控制台中的值核对。如果都正确，请${ticket}。`
		},
		InvalidParameterValue: {
			meaning: "调用中有参数的取值不被服务接受。",
			fix: `请确认 \`zone-id\`、\`hosts\` 和 \`cert-id\` 所用的表达式不为空，并与 EdgeOne 控制台和 SSL 证书控制台中的值核对。如果都正确，请${ticket}。`
		},
		InvalidRequest: {
			meaning: "服务收到的请求体格式不正确。",
			fix: `请确认代理或 \`endpoint\` 不会修改请求体。如果两者都没有使用，请${ticket}。`
		},
		IpInBlacklist: {
			meaning: "运行器的 IP 地址在账号的黑名单中。",
			fix: "请在访问管理（CAM）控制台将该地址从黑名单中移除，或使用其他固定 IP 的自托管运行器。GitHub 托管的运行器每次作业的 IP 都会变化。"
		},
		IpNotInWhitelist: {
			meaning: "该账号或密钥只允许白名单中的 IP 地址调用，而运行器的 IP 地址不在白名单中。",
			fix: "请在固定 IP 的自托管运行器上运行作业，并在访问管理（CAM）控制台将该 IP 加入白名单。GitHub 托管的运行器每次作业的 IP 都会变化，如需使用，请取消该密钥的 IP 限制。"
		},
		LimitExceeded: {
			meaning: "账号的配额已用完，或一次调用中的域名数量超过了服务的上限。",
			fix: "步骤已尝试减少每次调用的域名数量，因此请在 EdgeOne 控制台检查配额。请删除不再需要的资源或申请提升配额，然后重新运行作业。"
		},
		MissingParameter: {
			meaning: "调用缺少服务所需的参数。",
			fix: `请保持 \`api-version\` 为 \`2022-09-01\`，并去掉会修改请求的 \`endpoint\` 或代理。如果仍未解决，请${ticket}。`
		},
		NoSuchProduct: {
			meaning: "返回响应的主机不提供该产品。",
			fix: `请去掉 \`endpoint\`，或在其中使用 \`{service}\`，使 \`teo\`、\`ssl\` 和 \`sts\` 各自指向自己的主机名。如果没有设置 \`endpoint\`，请检查${matchSite}。`
		},
		NoSuchVersion: {
			meaning: "请求的 API 版本在该站（中国站或国际站）不存在。",
			fix: "请将 `api-version` 设为默认值 `2022-09-01`。如果已是该值，请检查 `endpoint` 是否指向正确的产品。"
		},
		RequestLimitExceeded: {
			meaning: "账号一秒内调用该接口的次数超过了腾讯云的限制。",
			fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`
		},
		"RequestLimitExceeded.GlobalRegionUinLimitExceeded": {
			meaning: "账号一秒内的调用次数超过了腾讯云的限制，按所有地域和所有用户合计。",
			fix: `${retriedToDeadline}如仍失败，请查明同一时间还有什么在使用该账号调用 API，将工作流错开时间运行，或调大 \`wait-minutes\`。`
		},
		"RequestLimitExceeded.IPLimitExceeded": {
			meaning: "来自运行器 IP 地址的调用在一秒内过多。GitHub 托管的运行器可能共用同一个 IP。",
			fix: `${retriedToDeadline}如仍失败，请将工作流错开时间运行，调大 \`wait-minutes\`，或使用自托管运行器。`
		},
		"RequestLimitExceeded.UinLimitExceeded": {
			meaning: "账号一秒内的调用次数超过了腾讯云的限制，按其所有用户和角色合计。",
			fix: `${retriedToDeadline}如仍失败，请查明同一时间还有什么在使用该账号调用 API，将工作流错开时间运行，或调大 \`wait-minutes\`。`
		},
		RequestSizeLimitExceeded: {
			meaning: "请求的大小超过了服务的上限。",
			fix: "请将 `hosts` 拆分到多个步骤中。"
		},
		ResourceInUse: {
			meaning: "该资源正在被其他变更占用。",
			fix: `${retriedToDeadline}如仍失败，请在控制台检查是否有一直未结束的部署，然后稍后重新运行作业，或调大 \`wait-minutes\`。`
		},
		ResourceInsufficient: {
			meaning: "服务缺少该调用所需的资源。",
			fix: `请在 EdgeOne 控制台和 SSL 证书控制台检查账号的套餐和配额。如果没有用完，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`
		},
		ResourceNotFound: {
			meaning: "该账号下没有调用中指定的资源。",
			fix: `请在密钥所属账号的控制台中核对 \`zone-id\`、\`hosts\` 和 \`cert-id\`。如果都正确，请检查${matchSite}。`
		},
		ResourceUnavailable: {
			meaning: "调用中指定的资源存在，但目前不可用。",
			fix: "请在 EdgeOne 控制台确认站点和域名在线，并在 SSL 证书控制台确认证书已签发，然后重新运行作业。"
		},
		ResponseSizeLimitExceeded: {
			meaning: "响应的大小超过了服务的上限。",
			fix: `请将 \`hosts\` 拆分到多个步骤中。如果域名很少的步骤也失败，请${ticket}。`
		},
		ServiceUnavailable: {
			meaning: "服务暂时不可用。",
			fix: `${retriedBriefly}，运行前请确认 EdgeOne 和 SSL 证书服务没有故障公告。`
		},
		UnauthorizedOperation: {
			meaning: "该用户或角色没有执行此操作的权限。",
			fix: `请在访问管理（CAM）控制台允许错误信息中的操作；绑定证书需要站点的 \`teo:ModifyHostsCertificate\` 权限。如果已关联策略，请检查${matchSite}。`
		},
		UnknownParameter: {
			meaning: "调用中有参数是该站（中国站或国际站）的这个 API 版本不支持的。",
			fix: `请将 \`api-version\` 设为默认值 \`2022-09-01\`，并去掉会添加参数的 \`endpoint\` 或代理。如果仍未解决，请${ticket}。`
		},
		UnsupportedOperation: {
			meaning: "对于该账号或调用中指定的资源，服务不支持此操作。",
			fix: `请在 EdgeOne 控制台确认站点的套餐支持自有证书。如果同样的修改在控制台可以完成，请${ticket}。`
		},
		UnsupportedProtocol: {
			meaning: "服务收到的请求使用了 API 不接受的 HTTP 方法或协议。",
			fix: `请检查代理和 \`endpoint\`：必须以 HTTPS 转发 \`POST\` 请求，且不能重定向。如果两者都没有使用，请${ticket}。`
		},
		UnsupportedRegion: {
			meaning: "该服务不支持请求的地域。",
			fix: "步骤只向 STS 发送地域，请检查 `region`。对于其他调用，请去掉会添加地域的代理或 `endpoint`。"
		}
	};
	//! ./lib/errors/zh/own.js
	const ownTexts = {
		"Certificate.AlgorithmConflict": {
			meaning: "EdgeOne 和 SSL 证书服务返回的证书算法不一致，步骤无法确定应替换该域名的哪张证书。该域名未做任何修改。",
			fix: `请在 \`cert-id\` 中列出该域名应绑定的全部证书，或设置 \`keep-other-algorithms: false\`，只绑定所填的证书。如果两个控制台显示的算法仍不一致，请${ticket}。`
		},
		"Certificate.AlgorithmUnknown": {
			meaning: "该域名绑定了多张证书，但无法得知这些证书的算法，步骤无法确定应替换哪一张。该域名未做任何修改。",
			fix: "请为密钥授予 `ssl:DescribeCertificates` 权限；或在 `cert-id` 中列出该域名应绑定的全部证书；或设置 `keep-other-algorithms: false`，只绑定所填的证书。"
		},
		"Certificate.DefaultNotTaken": {
			meaning: "EdgeOne 不接受以 ID 绑定该站点的默认证书。2022-09-01 版接口只能通过 SSL 证书服务的证书 ID 绑定证书，而默认证书不一定有这样的 ID。",
			fix: "请设置 `api-version: 2022-01-06`，该版本不需要 ID 即可绑定默认证书；或在 `cert-id` 中填写 SSL 证书服务的证书 ID。"
		},
		"Certificate.Expired": {
			meaning: "证书已过期，EdgeOne 不接受，浏览器也不信任。未做任何修改。",
			fix: "请续期证书，并在 `cert-id` 中填写新证书的 ID。"
		},
		"Certificate.ExpiresSoon": {
			meaning: "证书的剩余有效期少于 `min-days-left` 的要求，通常是前面的续期步骤没有生成新证书。未做任何修改。",
			fix: "请检查续期证书的步骤，并确认 `cert-id` 是新证书的 ID。如果确实要使用该证书，请调小 `min-days-left`。"
		},
		"Certificate.File": {
			meaning: "无法读取 `certificate` 或 `private-key` 指定的文件：文件不存在、不是普通文件，或不在工作区内。未做任何修改。",
			fix: "请使用相对于作业工作区的路径，并确认前面的步骤已把文件写到该位置。其他位置的文件请先复制到工作区。"
		},
		"Certificate.KeyMismatch": {
			meaning: "私钥与所有证书都不匹配，或有证书缺少对应的私钥。未做任何修改。",
			fix: "请填写签发该证书时使用的私钥。常见原因是证书和私钥来自两次不同的续期。"
		},
		"Certificate.KeyTooShort": {
			meaning: "证书的密钥长度不满足 EdgeOne 的要求：RSA 至少 2048 位，EC 至少 225 位。未做任何修改。",
			fix: "请使用 RSA 2048 或 EC P-256 密钥重新签发证书，并在 `cert-id` 中填写新证书的 ID。"
		},
		"Certificate.NamesUnknown": {
			meaning: "`match: certificate` 会选择证书覆盖的域名，但无法读取证书中的域名。未做任何修改。",
			fix: "请为密钥授予 `ssl:DescribeCertificates` 权限，检查 `cert-id`，或改用 `match: exact` 或 `match: pattern` 选择域名。"
		},
		"Certificate.NoDefault": {
			meaning: "该站点没有已部署且有效的默认证书。未做任何修改。",
			fix: "请在 EdgeOne 控制台检查该站点的默认证书，或在 `cert-id` 中填写证书 ID。"
		},
		"Certificate.NoneFound": {
			meaning: "设置了 `cert-id: newest`，但账号下没有已签发、可部署、在有效期内且覆盖站点所选全部域名的证书。",
			fix: "请申请覆盖这些域名的证书；或按证书拆分域名，每张证书使用一个步骤或清单中的一个条目。如果某个域名所需算法的证书不存在，请在 `hosts` 中排除该域名。"
		},
		"Certificate.NotCovered": {
			meaning: "证书未覆盖部分域名，浏览器访问这些域名时会报证书错误。`*.example.com` 既不覆盖 `example.com`，也不覆盖 `a.b.example.com`。未做任何修改。",
			fix: "请从 `hosts` 中去掉这些域名，或改用覆盖它们的证书，或设置 `match: certificate`，只选择证书覆盖的域名。"
		},
		"Certificate.NotDeployable": {
			meaning: "SSL 证书服务标记该证书不可部署，例如其中没有保存私钥。未做任何修改。",
			fix: "请在 SSL 证书控制台检查该证书，将其连同私钥重新上传，并在 `cert-id` 中填写新的 ID；或直接填写 `certificate` 和 `private-key`。"
		},
		"Certificate.NotIssued": {
			meaning: "证书尚未签发，或申请未通过审核。未做任何修改。",
			fix: "请在 SSL 证书控制台完成申请（例如域名验证），签发后重新运行作业；或在 `cert-id` 中填写其他证书的 ID。"
		},
		"Certificate.NotServer": {
			meaning: "该证书是 CA 证书，只能用于验证其他证书，不能绑定到域名。未做任何修改。",
			fix: "请在 `cert-id` 中填写服务器证书（SVR 类型）的 ID。"
		},
		"Certificate.NotYetValid": {
			meaning: "证书尚未到生效时间。未做任何修改。",
			fix: "请在证书生效后重新运行作业；或检查签发证书的机器时钟是否准确。"
		},
		"Certificate.Revoked": {
			meaning: "证书已吊销、已取消或已退款，或正在处理中。浏览器可能不信任已吊销的证书。未做任何修改。",
			fix: "请申请或上传新证书，并在 `cert-id` 中填写其 ID。"
		},
		"Certificate.SameAlgorithm": {
			meaning: "有两张证书的算法相同。一个域名每种算法最多绑定一张证书。未做任何修改。",
			fix: "请在 `cert-id` 中为每种算法（RSA、ECC、SM2）只保留一张证书。"
		},
		"Certificate.Unreadable": {
			meaning: "`certificate` 或 `private-key` 的内容不符合要求：需要 PEM 格式的证书和未加密的 PEM 私钥。未做任何修改。",
			fix: "请修正上面列出的部分。ACME 客户端会生成可直接使用的文件，通常名为 `fullchain.pem` 和 `privkey.pem`。"
		},
		"Input.ForeignAccount": {
			meaning: "密钥所属的账号不在 `allowed-account-ids` 中。未做任何修改。",
			fix: "请使用目标账号的密钥或角色，或修正 `allowed-account-ids`。"
		},
		"Input.HostSelectedTwice": {
			meaning: "清单中有两个条目选择了同一站点的同一个域名。这两个条目在该站点上均未做任何修改。",
			fix: "请确保每个域名只被一个条目选择：在另一个条目的 `hosts` 中用 `!` 加域名将其排除，或合并这两个条目。"
		},
		"Input.HostNotOnline": {
			meaning: "`hosts` 中有域名不在线：域名已停用或被封禁，或所属站点未激活。该域名的证书未修改。",
			fix: "请在 EdgeOne 控制台启用该域名后重新运行作业，或从 `hosts` 中去掉该域名。`match: pattern` 会跳过不在线的域名。"
		},
		"Input.Invalid": {
			meaning: "部分输入缺失或无效，步骤在调用 API 之前已停止。",
			fix: "请在工作流中修正上面指出的输入。"
		},
		"Input.Manifest": {
			meaning: "清单文件存在上面列出的问题，或无法读取。未向腾讯云发送任何请求。",
			fix: "请按上面标出的位置修改清单文件，并修正指出的输入。在编辑器中使用 JSON Schema `docs/manifest.schema.json`，可以边写边检查。"
		},
		"Input.MatchUnreadable": {
			meaning: "按通配规则或按证书选择域名，需要先读取域名列表，但 EdgeOne 不允许读取。未做任何修改。",
			fix: "请逐个列出域名并设置 `match: exact`；或为密钥授予 `teo:DescribeAccelerationDomains` 权限（使用 `api-version: 2022-01-06` 时为 `teo:DescribeHostsCertificate`）。"
		},
		"Input.NoIdToken": {
			meaning: "设置了 `role-arn` 且未提供密钥时，步骤使用作业的 OIDC 令牌扮演角色。GitHub 只向具有 `id-token: write` 权限的作业提供该令牌，且不会提供给来自 fork 的拉取请求。",
			fix: "请在作业中添加 `permissions: { id-token: write }`。对于来自 fork 的拉取请求，请在合并之后再运行该步骤。"
		},
		"Input.NoCname": {
			meaning: "`connect-to: cname` 需要连接 EdgeOne 为每个域名分配的 CNAME，但 EdgeOne 未返回该 CNAME。使用 `api-version: 2022-01-06` 时，或对于 Pages（Makers）站点，不会返回 CNAME。未做任何修改。",
			fix: "请去掉 `connect-to`，按域名本身连接；或将其设为 `host[:port]`；或设置 `wait-for: deployed`。"
		},
		"Input.NoHosts": {
			meaning: "当前输入没有选中站点中的任何域名。未做任何修改。",
			fix: "请修正 `hosts` 和 `match`。如果允许没有域名，请将 `if-no-hosts` 设为 `warn` 或 `ignore`。"
		},
		"Input.NoZone": {
			meaning: "设置了 `zone-name: auto`，但账号下没有与证书中任何域名对应的站点。未做任何修改。",
			fix: "请确认密钥属于站点所在的账号，并有权列出站点（`teo:DescribeZones`）；或用 `zone-id` 或 `zone-name` 指定站点。"
		},
		"Input.UnknownHosts": {
			meaning: "站点中没有这些加速域名。步骤在修改该站点之前已停止，该站点的其他域名也未修改。",
			fix: "请修正 `hosts` 中的域名，确认站点无误，或先在站点中添加这些加速域名。"
		},
		"Input.ZoneLocked": {
			meaning: "站点已锁定，不接受修改。未做任何修改。",
			fix: "请在 EdgeOne 控制台查看站点锁定的原因。如果正在变更套餐，请稍后重新运行作业。"
		},
		"Input.ZoneName": {
			meaning: "账号下没有该名称的站点，或有多个同名站点。未做任何修改。",
			fix: "请改用 `zone-id`，不使用 `zone-name`，或修正名称。同时请确认密钥和 `site` 与站点所属的账号一致。"
		},
		"Network.Connect": {
			meaning: "运行器无法连接 API。",
			fix: "请重新运行作业，可能是网络或服务短暂中断。自托管运行器请确认能访问 `*.tencentcloudapi.com:443`，或设置 `HTTPS_PROXY`。如果设置了 `endpoint`，请检查其中的主机名。"
		},
		"Network.Deadline": {
			meaning: "已到步骤的截止时间（`wait-minutes`），API 仍未返回。",
			fix: "请重新运行作业，重复运行是安全的。如果经常出现，请调大 `wait-minutes`。"
		},
		"Network.HttpStatus": {
			meaning: "运行器与 API 之间的网关或代理返回了 HTTP 错误。",
			fix: "如果状态码是 5xx 或 429，请稍后重新运行作业。其他状态码请检查 `endpoint` 和运行器的代理。"
		},
		"Network.Proxy": {
			meaning: "运行器的代理（`HTTPS_PROXY`）拒绝建立到 API 的隧道。",
			fix: "请在代理上允许以 CONNECT 方式访问 `*.tencentcloudapi.com:443`，或修正 `HTTPS_PROXY`（`http://user:password@host:port`），或将 API 的域名加入 `NO_PROXY`。"
		},
		"Network.Redirect": {
			meaning: "接口地址返回了重定向。签名只对原来的主机名有效，因此步骤不会跟随重定向。",
			fix: "请将 `endpoint` 设为最终地址，或去掉该输入。"
		},
		"Network.Reset": {
			meaning: "响应尚未接收完整，连接就已中断。服务可能已执行该调用，也可能没有。",
			fix: "请重新运行作业，重复运行是安全的。"
		},
		"Network.Response": {
			meaning: "收到的响应不是有效的腾讯云 API 响应：不是 JSON，或缺少必要的部分。",
			fix: "请检查 `endpoint` 和运行器的代理。如果都正确，请重新运行作业。"
		},
		"Network.Timeout": {
			meaning: "服务未在规定时间内响应。服务可能已执行该调用，也可能没有。",
			fix: "请重新运行作业，重复运行是安全的。"
		},
		"Network.Tls": {
			meaning: "无法验证接口地址或代理的 TLS 证书，请求未发送。",
			fix: "如果代理会解密 TLS 流量，请将其根证书保存为文件，并将 `NODE_EXTRA_CA_CERTS` 设为该文件的路径。请不要关闭证书验证，连接可能正被他人劫持。"
		},
		"Network.TooLarge": {
			meaning: "响应的大小超过了 API 可能返回的大小，步骤已停止读取。",
			fix: "请检查 `endpoint` 和运行器的代理，返回该响应的很可能不是腾讯云 API。"
		},
		"Run.Cancelled": {
			meaning: "运行已被取消。",
			fix: "请重新运行作业，重复运行是安全的。"
		},
		"Run.SitesFailed": {
			meaning: "多个站点失败，且原因各不相同。其余站点已完成。",
			fix: "请查看作业摘要中的站点表格，表格下方列出了每个失败的原因和处理办法。重新运行作业时，只会修改仍需修改的部分。"
		},
		"Run.Unexpected": {
			meaning: "本 Action 发生了意外错误，属于程序缺陷。",
			fix: "请重新运行作业。如果再次失败，请提交 Issue，并附上开启调试日志后的运行日志，日志中的敏感信息已隐藏。"
		},
		"Verify.ApplicationFailed": {
			meaning: "EdgeOne 接受了修改，但证书申请失败（状态为 `failed`）。该域名目前可能没有有效证书。",
			fix: "请在 EdgeOne 控制台检查该域名的证书。申请免费证书之前，域名的 DNS 解析必须先指向 EdgeOne。"
		},
		"Verify.BindingFailed": {
			meaning: "EdgeOne 接受了修改，但证书绑定失败（状态为 `issued`）。目前无法确定该域名使用的是哪张证书。",
			fix: `请重新运行作业，重复运行是安全的。如果再次出现同样的错误，请${ticket}。`
		},
		"Verify.HostBusy": {
			meaning: "到截止时间时，该域名之前的修改仍在部署中。部署完成前 EdgeOne 不接受其他修改，因此步骤未提交修改。",
			fix: "请稍后重新运行作业，或调大 `wait-minutes`。如果数小时后该域名仍在部署中，请提交工单。"
		},
		"Verify.HostGone": {
			meaning: "步骤等待期间，该域名已从站点中删除：连续两次读取的域名列表中都没有该域名。",
			fix: "如果是有意删除的，请从 `hosts` 中去掉该域名。否则请重新将其添加到站点，再重新运行作业。"
		},
		"Verify.HostNotOnline": {
			meaning: "步骤运行期间，该域名被停用或封禁，因此证书未对外生效。",
			fix: "请在 EdgeOne 控制台查看该域名不在线的原因。启用后重新运行作业，或从 `hosts` 中去掉该域名。"
		},
		"Verify.MutualTlsChanged": {
			meaning: "步骤修改域名证书期间，该域名的客户端证书或回源证书（双向认证）发生了变化。步骤不会提交这些配置，变化来自 EdgeOne 或其他人。在恢复之前，访客或源站的连接可能被拒绝，也可能未经校验就被放行。",
			fix: `请在 EdgeOne 控制台检查该域名的双向认证配置，并与上面的证书 ID 核对。如果没有其他人修改过，请${ticket}。`
		},
		"Verify.NotDeployed": {
			meaning: "EdgeOne 接受了修改，但到截止时间时仍未在该域名上生效。访客看到的可能还是原来的证书。",
			fix: "请重新运行作业，步骤会继续等待，且只修改仍需修改的部分。如果经常出现，请调大 `wait-minutes`。"
		},
		"Verify.NotServed": {
			meaning: "EdgeOne 显示证书已部署，但到截止时间时，与该域名进行 TLS 握手仍未返回该证书。访客目前看不到新证书。",
			fix: "请查看上面列出的实际返回的证书和地址。如果域名的 DNS 解析没有指向 EdgeOne，请修改解析，或设置 `connect-to: cname`，直接检查 EdgeOne。否则请重新运行作业，或调大 `wait-minutes`。"
		},
		"Verify.NotProbed": {
			meaning: "EdgeOne 显示证书已部署，但步骤在通过 TLS 握手确认该域名返回的证书之前已停止。",
			fix: "请重新运行作业：已就绪的部分不会再次修改，步骤会探测该域名。如果是到了截止时间，请调大 `wait-minutes`。"
		},
		"Verify.NoWitness": {
			meaning: "与该域名进行 TLS 握手时返回的证书与域名相符，但无法证明它就是新证书：步骤没有证书本身的内容，SSL 证书服务和 EdgeOne 都没有提供其到期时间，而原来的证书未知，或到期时间相同。",
			fix: "请为密钥授予 `ssl:DescribeCertificates` 权限，或以 PEM 形式传入证书。如果不需要这一确认，请设置 `wait-for: deployed`。"
		},
		"Verify.RollbackFailed": {
			meaning: "新证书未能在域名上生效，也没有确认原来的证书已恢复。目前无法确定该域名使用的是哪张证书。",
			fix: "请立即检查该域名。如果错误信息末尾附有命令，执行该命令可以恢复原来的证书。否则请在 EdgeOne 控制台绑定有效的证书，或重新运行作业。"
		},
		"Verify.NotTaken": {
			meaning: "EdgeOne 三次接受了同样的修改，但该域名绑定的仍是原来的证书，访客看到的也是原来的证书。",
			fix: `请重新运行作业。如果再次出现同样的错误，请在 EdgeOne 控制台绑定证书，同时${ticket}。`
		}
	};
	var errors_permission = __webpack_require__(4108);
	//! ./lib/errors/zh/permission.js
	const hintTexts = {
		"teo:DescribeZones": "也可以改用 `zone-id`，不使用 `zone-name`。",
		"teo:ModifyHostsCertificate": "`QcloudSSLFullAccess` 等 SSL 证书的策略不包含该权限。",
		"ssl:UploadCertificate": "也可以用其他方式上传证书，再把证书 ID 填入 `cert-id`。",
		"sts:GetCallerIdentity": "也可以去掉 `allowed-account-ids`。"
	};
	const resources = {
		zone: "资源为 `qcs::teo::uin/<主账号 UIN>:zone/<站点 ID>`",
		role: "资源为 `role-arn` 中的角色，并在该角色的信任策略中加入密钥所属的用户",
		any: "资源为 `*`"
	};
	const permissionTexts = (call) => {
		const missing = (0, errors_permission.MG)(call);
		if (missing === undefined) return undefined;
		const { permission, resource, hint } = missing;
		return {
			meaning: `该用户或角色没有调用 \`${permission}\` 的权限。`,
			fix: `请在访问管理（CAM）控制台为该用户或角色授予 \`${permission}\` 权限，${resources[resource]}。${hint === undefined ? "" : hintTexts[hint]}如已授权，请检查${matchSite}。`
		};
	};
	//! ./lib/errors/zh/ssl.js
	const sslTexts = {
		AuthFailure: {
			meaning: "SSL 证书服务未通过该调用的签名或身份校验。",
			fix: `请重新保存访问管理（CAM）控制台中同一个密钥的 \`secret-id\` 和 \`secret-key\`；使用临时密钥时，还要保存 \`session-token\`。另请检查${matchSite}。`
		},
		"AuthFailure.UnauthorizedOperation": {
			meaning: "该用户或角色没有对 SSL 证书服务执行此操作的权限。",
			fix: "请在访问管理（CAM）控制台关联策略，允许错误信息中的操作。上传证书需要 `ssl:UploadCertificate` 权限，资源为 `*`。也可以用其他方式上传证书，再把证书 ID 填入 `cert-id`。"
		},
		FailedOperation: {
			meaning: `SSL 证书服务未能完成该调用。如果错误信息没有给出原因，已知的一种原因是${otherSite}。`,
			fix: `如果错误信息给出了原因，请按该原因处理。否则请设置 \`site\`：tencentcloud.com 的账号为 \`international\`，cloud.tencent.com 的账号为 \`china\`。如果设置正确，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`
		},
		"FailedOperation.AuthError": {
			meaning: "该用户或角色没有对 SSL 证书服务执行此操作的权限。",
			fix: "请在访问管理（CAM）控制台允许错误信息中的操作。上传证书需要 `ssl:UploadCertificate` 权限，资源为 `*`；绑定证书需要 `teo:ModifyHostsCertificate` 权限。"
		},
		"FailedOperation.CAMAuthorizedFail": {
			meaning: "SSL 证书服务向访问管理（CAM）校验调用者的权限时出错或被拒绝。",
			fix: `请在访问管理（CAM）控制台确认该用户或角色有执行此操作的权限，例如 \`ssl:UploadCertificate\`，资源为 \`*\`。如果已有权限，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`
		},
		"FailedOperation.CancelOrderFailed": {
			meaning: "证书订单取消失败。步骤不会取消订单，因此通常不会出现该错误码。",
			fix: `请在 SSL 证书控制台检查该证书是否有未完成的订单。如果没有，请${ticket}。`
		},
		"FailedOperation.CannotBeDeletedIssued": {
			meaning: "该证书已签发，SSL 证书服务不允许删除。",
			fix: "请将 `old-certificates` 设为 `mute` 或 `keep`。如需移除该证书，请在 SSL 证书控制台吊销或删除。"
		},
		"FailedOperation.CannotBeDeletedWithinHour": {
			meaning: "该证书是申请未满一小时的免费证书，暂时不能删除。",
			fix: "请稍后在 SSL 证书控制台删除，或将 `old-certificates` 设为 `keep` 或 `mute`。新证书不受影响。"
		},
		"FailedOperation.CannotGetOrder": {
			meaning: "SSL 证书服务未能获取证书的订单信息。",
			fix: `请稍后重新运行作业。如果再次出现同样的错误，请在 SSL 证书控制台检查该证书，再${ticket}。`
		},
		"FailedOperation.CertificateCaError": {
			meaning: "SSL 证书服务把上传的内容当作 CA 证书，且认为其无效。通常是因为内容不是服务器证书及其证书链。",
			fix: "请在 `certificate` 中填写服务器证书及其中间证书，在 `private-key` 中填写服务器证书的私钥。请去掉根证书和其他证书链的证书。"
		},
		"FailedOperation.CertificateChainError": {
			meaning: "证书链中有证书已损坏、已过期，或与前一张证书不匹配。",
			fix: "请在 `certificate` 中填写 CA 提供的完整证书链（通常是 `fullchain.pem`）：服务器证书和每张中间证书各一份，内容完整。如果没有证书链文件，请从 CA 下载中间证书。"
		},
		"FailedOperation.CertificateEncryptInvalid": {
			meaning: "该证书似乎是国密（SM2）证书，不能按普通证书上传。",
			fix: "请在 SSL 证书控制台选择国密标准上传 SM2 证书，并在 `cert-id` 中填写其 ID。如果应该是 RSA 或 ECC 证书，请检查 `certificate` 和 `private-key` 指定的文件。"
		},
		"FailedOperation.CertificateExists": {
			meaning: "账号下已有该证书。",
			fix: `请在 SSL 证书控制台找到其 ID，填入 \`cert-id\`，不再填写 \`certificate\` 和 \`private-key\`。如果控制台中没有该证书，请${ticket}。`
		},
		"FailedOperation.CertificateInvalid": {
			meaning: "SSL 证书服务认为上传的内容不是有效的证书。",
			fix: "请确认 `certificate` 是完整的 PEM 内容，从 `-----BEGIN CERTIFICATE-----` 到 `-----END CERTIFICATE-----`，且换行完好。如果取自 Secrets，请重新保存文件内容，不要带引号或多余的空格。"
		},
		"FailedOperation.CertificateMatchError": {
			meaning: "私钥与证书不匹配，或其中一个因多余的空格或换行而改变。",
			fix: "请使用同一次续期的 `certificate` 和 `private-key`，续期大多会生成新的私钥。如果都取自 Secrets，请重新保存这两项。"
		},
		"FailedOperation.CertificateMismatch": {
			meaning: "私钥与证书不匹配。",
			fix: "请使用同一次续期的 `certificate` 和 `private-key`，续期大多会生成新的私钥。如果都取自 Secrets，请同时更新这两项。"
		},
		"FailedOperation.CertificateNotFound": {
			meaning: "账号下没有该 ID 的证书：证书已删除、ID 填写有误，或证书属于其他账号或另一个站（中国站或国际站）。",
			fix: `请在正确账号的 SSL 证书控制台复制证书 ID，填入 \`cert-id\`，并检查${matchSite}。如果证书已删除，请填写 \`certificate\` 和 \`private-key\`。`
		},
		"FailedOperation.CertificateParseError": {
			meaning: "SSL 证书服务无法解析证书或私钥。常见原因是有多余的空格、缺少换行，或 PEM 内容不完整。",
			fix: "请将 CA 提供的文件原样用作 `certificate` 和 `private-key`，或重新保存 Secrets 并保留换行。私钥必须是未加密的 PEM。"
		},
		"FailedOperation.ExceedsFreeLimit": {
			meaning: "账号的免费证书数量已达上限。",
			fix: `请在 SSL 证书控制台删除过期的免费证书，或购买更多额度，然后重新运行作业。上传的证书通常不计入该上限；如果没有可删除的证书，请${ticket}。`
		},
		"FailedOperation.InvalidCertificateStatusCode": {
			meaning: "证书的当前状态不允许此操作，例如尚未签发、已吊销或正在删除。",
			fix: "请在 SSL 证书控制台检查其状态，并在 `cert-id` 中填写已签发证书的 ID，或更换 `certificate` 及其 `private-key`。"
		},
		"FailedOperation.InvalidParam": {
			meaning: "调用中有参数不被 SSL 证书服务接受。",
			fix: `请确认 \`certificate\` 和 \`private-key\` 是一张完整的证书及其私钥，并使用不含特殊字符的简短 \`cert-alias\`。如果都正确，请${ticket}。`
		},
		"FailedOperation.NetworkError": {
			meaning: "SSL 证书服务所访问的证书颁发机构（CA）繁忙。",
			fix: `${retriedBriefly}；如果持续数小时失败，请${ticket}，或在 \`cert-id\` 中填写账号下已有证书的 ID。`
		},
		"FailedOperation.NoProjectPermission": {
			meaning: "该用户或角色没有证书所属项目的操作权限。",
			fix: "步骤不指定项目，因此使用账号的默认项目，请在访问管理（CAM）控制台授予该项目的权限。也可以在 `cert-id` 中填写该用户或角色有权使用的证书 ID。"
		},
		"FailedOperation.NoRealNameAuth": {
			meaning: "账号尚未完成实名认证，中国站的 SSL 证书服务要求实名认证。",
			fix: "请用主账号在账号中心完成实名认证，然后重新运行作业。如果是 tencentcloud.com 的账号，请设置 `site: international`。"
		},
		"FailedOperation.OrderAlreadyReplaced": {
			meaning: "证书的订单已重颁发。步骤不会重颁发证书，因此通常不会出现该错误码。",
			fix: `请在 SSL 证书控制台找到重颁发后的证书，在 \`cert-id\` 中填写其 ID。如果没有，请${ticket}。`
		},
		"FailedOperation.OrderReplaceFailed": {
			meaning: "证书重颁发失败。步骤不会重颁发证书，因此通常不会出现该错误码。",
			fix: `请在 SSL 证书控制台检查该订单，必要时在控制台重颁发证书。如果仍未解决，请${ticket}。`
		},
		"FailedOperation.SystemError": {
			meaning: "SSL 证书服务发生内部错误。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		InternalError: {
			meaning: "SSL 证书服务发生内部错误。",
			fix: `请稍后重新运行作业。查询类调用会自动重试几次，上传不会重复提交。如果再次失败，请${ticket}。`
		},
		"InvalidParameter.MissMatchPrivateKey": {
			meaning: "调用中的私钥均与证书不匹配。",
			fix: "请在 `private-key` 中填写签发该 `certificate` 时使用的私钥，续期大多会生成新的私钥。如果都取自 Secrets，请同时更新这两项。"
		},
		"InvalidParameter.WithDetailReason": {
			meaning: "调用中有参数不被 SSL 证书服务接受，具体原因见错误信息。",
			fix: `请查看输出 \`error-message\`，并修正其中涉及的输入：\`certificate\`、\`private-key\` 或 \`cert-alias\`。如果与这些输入都无关，请${ticket}。`
		},
		"LimitExceeded.RateLimitExceeded": {
			meaning: "SSL 证书服务一秒内收到的同类调用超过了限制，其他作业的调用也计算在内。",
			fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`
		}
	};
	//! ./lib/errors/zh/sts.js
	const noPolicy = "步骤不发送会话策略。请检查代理或 `endpoint` 是否修改了请求。";
	const noMfa = "请在访问管理（CAM）控制台去掉角色信任策略中的 MFA 条件，或为该工作流单独创建角色。更好的做法是不使用密钥，通过 `role-arn` 和 `oidc-provider` 登录。";
	const checkPolicies = `${noPolicy}如果没有，请在访问管理（CAM）控制台检查角色的策略。如果策略有效，请${ticket}。`;
	const shortenPolicies = `${noPolicy}如果没有，请在访问管理（CAM）控制台精简角色关联的策略。如果再次出现同样的错误，请${ticket}。`;
	const stsTexts = {
		"AuthFailure.AccessKeyIllegal": {
			meaning: "STS 不接受该密钥：填写有误、已删除、已禁用，或者是缺少令牌的临时密钥。",
			fix: `请在访问管理（CAM）控制台检查密钥，并重新保存 \`secret-id\` 和 \`secret-key\`；使用临时密钥时，还要设置 \`session-token\`。另请检查${matchSite}。`
		},
		"FailedOperation.CheckMFAError": {
			meaning: "扮演该角色需要 MFA 校验，而工作流无法完成 MFA 校验。",
			fix: noMfa
		},
		"FailedOperation.MFATypeNotSupported": {
			meaning: "扮演该角色需要 MFA 校验，而 STS 的该接口不支持所要求的 MFA 类型。",
			fix: noMfa
		},
		"InternalError.DbError": {
			meaning: "STS 读取数据库失败。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InternalError.EncryptError": {
			meaning: "STS 加密临时密钥失败。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InternalError.GetAppIdError": {
			meaning: "STS 未能获取 `role-arn` 中账号的 APPID。",
			fix: `${retriedBriefly}，运行前请检查 \`role-arn\` 中的账号 UIN。如果再次失败，请${ticket}。`
		},
		"InternalError.GetRoleError": {
			meaning: "STS 找不到或无法读取 `role-arn` 中的角色。",
			fix: `请从访问管理（CAM）控制台的角色详情页复制 ARN，填入 \`role-arn\`：\`qcs::cam::uin/<主账号 UIN>:roleName/<角色名>\`。另请检查${matchSite}。如果都正确，请稍后重新运行作业。`
		},
		"InternalError.GetSeedTokenError": {
			meaning: "STS 未能获取用于生成临时密钥的令牌。",
			fix: `${retriedBriefly}，运行前请在访问管理（CAM）控制台确认密钥或角色仍然存在。如果再次失败，请${ticket}。`
		},
		"InternalError.IllegalRole": {
			meaning: "STS 不允许任何人扮演 `role-arn` 中的角色。",
			fix: `请在访问管理（CAM）控制台确认 \`role-arn\` 是自定义角色而不是服务角色，且信任策略有效。如果都正确，请${ticket}。`
		},
		"InternalError.PbSerializeError": {
			meaning: "STS 生成响应失败。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InternalError.SystemError": {
			meaning: "STS 发生内部错误，例如其内部网络故障。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InternalError.UnknownError": {
			meaning: "STS 发生内部错误，且没有给出原因。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InvalidParameter.AccessKeyNotSupport": {
			meaning: "STS 的该接口不支持这种类型的密钥。",
			fix: "请使用访问管理（CAM）控制台中子用户的 API 密钥（`secret-id`、`secret-key`），或使用 `role-arn` 和 `oidc-provider`。其他产品的密钥不可用。"
		},
		"InvalidParameter.AccountNotAvaliable": {
			meaning: "账号不存在或不可用，例如已注销、已冻结或已欠费。",
			fix: `请检查 \`role-arn\` 中的账号 UIN、控制台中的账号状态，以及${matchSite}。`
		},
		"InvalidParameter.ExtendStrategyOverSize": {
			meaning: "用于限制临时密钥权限的策略过大。",
			fix: shortenPolicies
		},
		"InvalidParameter.GrantOtherResource": {
			meaning: "请求的权限涉及调用者无权授予的资源，通常是其他账号的资源。",
			fix: "请确认 `role-arn` 中的账号 UIN 是站点所属的账号，并在访问管理（CAM）控制台确认角色的信任策略中包含发起调用的用户。"
		},
		"InvalidParameter.OverLimit": {
			meaning: "STS 一秒内收到的调用次数超过了限制。",
			fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`
		},
		"InvalidParameter.OverTimeError": {
			meaning: "请求的临时密钥有效期超过了角色或 STS 的上限。",
			fix: "请调小 `role-duration-seconds`（最大 `43200`），或在访问管理（CAM）控制台调大角色的最大会话时长。"
		},
		"InvalidParameter.ParamError": {
			meaning: "登录参数缺失或格式不正确。",
			fix: "请检查 `role-arn`（`qcs::cam::uin/<主账号 UIN>:roleName/<角色名>`）、`oidc-provider`（访问管理（CAM）控制台中身份提供商的名称，不是 URL）、`role-session-name` 和 `role-duration-seconds`。"
		},
		"InvalidParameter.PolicyTooLong": {
			meaning: "用于限制临时密钥权限的策略过长。",
			fix: shortenPolicies
		},
		"InvalidParameter.ResouceError": {
			meaning: "资源描述不符合访问管理（CAM）要求的六段式格式（`qcs::cam::uin/\u2026:roleName/\u2026`）。",
			fix: "请从访问管理（CAM）控制台的角色详情页复制 ARN，填入 `role-arn`。如果填写正确，请检查该角色策略中的资源描述。"
		},
		"InvalidParameter.StrategyFormatError": {
			meaning: "用于限制临时密钥权限的策略有语法错误。",
			fix: checkPolicies
		},
		"InvalidParameter.StrategyInvalid": {
			meaning: "用于限制临时密钥权限的策略无效。",
			fix: checkPolicies
		},
		"InvalidParameter.TempCodeNotAvaliable": {
			meaning: "临时登录 code 无效或已被使用。",
			fix: `步骤不发送此类 code。请在访问管理（CAM）控制台检查该角色是否要求 MFA 校验，如有请去掉。如果没有，请重新运行作业；如果再次出现同样的错误，请${ticket}。`
		},
		"InvalidParameter.WebIdentityTokenError": {
			meaning: "STS 不接受作业的 OIDC 令牌：其受众、签发者或签名密钥与访问管理（CAM）中的身份提供商不一致，或令牌已过期。",
			fix: "请在访问管理（CAM）控制台确认 `oidc-provider` 指定的身份提供商以 `token.actions.githubusercontent.com` 为签发者，且客户端 ID 中包含 `oidc-audience`。如果此前可以登录，很可能是 GitHub 更换了签名密钥，请更新身份提供商的公钥，并开启公钥自动轮转。"
		},
		RequestLimitExceeded: {
			meaning: "账号或运行器一秒内对 STS 的调用次数超过了限制。",
			fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`
		},
		"ResourceNotFound.RoleNotFound": {
			meaning: "账号下没有 `role-arn` 中指定名称的角色。",
			fix: `请从访问管理（CAM）控制台的角色详情页复制 ARN，填入 \`role-arn\`；角色名区分大小写。如果角色存在，请检查 ARN 中的账号 UIN，以及${matchSite}。`
		},
		UnauthorizedOperation: {
			meaning: "STS 拒绝了登录：角色的信任策略与作业的 OIDC 令牌不符，或密钥没有扮演该角色的权限。",
			fix: "使用 `oidc-provider` 时，请将日志中的 `iss`、`sub` 和 `aud` 与访问管理（CAM）控制台中该角色的条件核对。`sub` 取决于分支和环境，较新的仓库为 `repo:OWNER@ID/REPO@ID:\u2026`。使用密钥时，请为其用户授予对 `role-arn` 的 `sts:AssumeRole` 权限，并在角色的信任策略中加入该用户。"
		},
		UnsupportedOperation: {
			meaning: "STS 不支持该账号或角色以这种方式登录。",
			fix: "请在访问管理（CAM）控制台确认 `role-arn` 是自定义角色而不是服务角色，且 `secret-id` 属于子用户（主账号可能无法扮演角色）。也可以改用 `oidc-provider` 登录。"
		}
	};
	//! ./lib/errors/zh/teo-settings.js
	const clientCa = "步骤不会修改客户端 CA 证书配置，问题出在该域名的现有配置。";
	const originPull = "步骤不会修改回源配置，问题出在该域名的现有配置。";
	const keyless = "步骤不会修改无私钥证书（keyless）配置，问题出在该域名的现有配置。";
	const https = "在 EdgeOne 控制台该域名的 HTTPS 配置中";
	const origin = "在 EdgeOne 控制台该域名的回源配置中";
	const again = "，然后重新运行作业。";
	const hostSettingsTexts = {
		"FailedOperation.EdgeClientCertificateHasExpired": {
			meaning: "该域名用于校验访客的客户端 CA 证书已过期。",
			fix: `${clientCa}请${https}更换过期的客户端 CA 证书，或关闭边缘双向认证${again}`
		},
		"FailedOperation.UpstreamClientCertificateHasExpired": {
			meaning: "该域名回源时向源站出示的客户端证书（回源双向认证）已过期。",
			fix: `${originPull}请${origin}更换该证书${again}`
		},
		"FailedOperation.UpstreamVerifyCustomCACertificateHasExpired": {
			meaning: "该域名用于校验源站的 CA 证书已过期。",
			fix: `${originPull}请${origin}更换源站 CA 证书，或关闭源站证书校验${again}`
		},
		"InvalidParameter.AliasDomainNotSupportKeyless": {
			meaning: "该域名是别称域名，别称域名不支持无私钥证书（keyless）。",
			fix: `请使用在 SSL 证书服务中存有私钥的证书：在 \`cert-id\` 中填写其他证书的 ID，或将该证书连同私钥重新上传。如果该域名使用了 keyless 服务端，请${https}更改。`
		},
		"InvalidParameter.CertificateConflictWithKeylessServer": {
			meaning: "该域名尚未绑定证书或 keyless 服务端，或其 keyless 服务端与证书不匹配。",
			fix: `${keyless}请${https}绑定一次证书，或绑定一次 keyless 服务端及其证书${again}`
		},
		"InvalidParameter.EdgeClientCertCheckError": {
			meaning: "该域名的客户端 CA 证书配置（边缘双向认证）无效。",
			fix: `${clientCa}请${https}修正客户端 CA 证书，或关闭边缘双向认证${again}`
		},
		"InvalidParameter.InvalidHttpsTlsVersion": {
			meaning: "该域名设置的 TLS 版本组合无效。",
			fix: `步骤不会修改 TLS 版本，问题出在该域名的现有配置。请${https}选择有效的组合，例如 TLS 1.2 和 1.3${again}`
		},
		"InvalidParameter.UpstreamClientCertCheckError": {
			meaning: "该域名回源时向源站出示的客户端证书（回源双向认证）无效。",
			fix: `${originPull}请${origin}选择其他客户端证书${again}`
		},
		"InvalidParameter.UpstreamVerifyCertCheckError": {
			meaning: "该域名的源站证书校验配置无效。",
			fix: `${originPull}请${origin}修正源站证书校验，或将其关闭${again}`
		},
		"InvalidParameter.UpstreamVerifyCustomCACertNoInfo": {
			meaning: "该域名用于校验源站的 CA 证书内容为空。",
			fix: `${originPull}请${origin}重新选择源站 CA 证书，或关闭源站证书校验${again}`
		},
		"InvalidParameterValue.AliasDomainNotSupportEdgeMTLS": {
			meaning: "该域名是别称域名，别称域名不支持边缘双向认证。",
			fix: `${clientCa}请${https}关闭边缘双向认证，或从 \`hosts\` 中去掉该别称域名。`
		},
		"InvalidParameterValue.AliasDomainNotSupportUpstreamMTLS": {
			meaning: "该域名是别称域名，别称域名不支持回源双向认证。",
			fix: `${originPull}请${origin}关闭回源双向认证，或从 \`hosts\` 中去掉该别称域名。`
		},
		"InvalidParameterValue.AliasDomainNotSupportUpstreamVerify": {
			meaning: "该域名是别称域名，别称域名不支持源站证书校验。",
			fix: `${originPull}请${origin}关闭源站证书校验，或从 \`hosts\` 中去掉该别称域名。`
		},
		"InvalidParameterValue.CertificateVerifyClientMustCa": {
			meaning: "该域名所选的客户端 CA 证书（边缘双向认证）不是 CA 证书。",
			fix: `${clientCa}请${https}选择 CA 类型的证书作为客户端 CA 证书${again}`
		},
		"InvalidParameterValue.CertificateVerifyClientNeedCert": {
			meaning: "该域名开启了边缘双向认证，但没有选择客户端 CA 证书。",
			fix: `${clientCa}请${https}选择客户端 CA 证书，或关闭边缘双向认证${again}`
		},
		"InvalidParameterValue.CertificateVerifyUpstreamClientMustRSAorECC": {
			meaning: "该域名回源双向认证的客户端证书是国密（SM2）证书，而此处仅支持 RSA 和 ECC 证书。",
			fix: `${originPull}请${origin}选择 RSA 或 ECC 的客户端证书${again}`
		},
		"InvalidParameterValue.CertificateVerifyUpstreamClientMustSVR": {
			meaning: "该域名回源双向认证的客户端证书是 CA 证书，不受支持。",
			fix: `${originPull}请${origin}选择带私钥的证书（SVR 类型）${again}`
		},
		"InvalidParameterValue.CertificateVerifyUpstreamClientNeedCert": {
			meaning: "该域名开启了回源双向认证，但没有选择客户端证书。",
			fix: `${originPull}请${origin}选择客户端证书${again}`
		},
		"InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustCA": {
			meaning: "该域名用于源站证书校验的证书不是 CA 证书。",
			fix: `${originPull}请${origin}为源站证书校验选择 CA 类型的证书${again}`
		},
		"InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCAMustRSAorECC": {
			meaning: "该域名用于源站证书校验的 CA 证书是国密（SM2）证书，而此处仅支持 RSA 和 ECC 证书。",
			fix: `${originPull}请${origin}为源站证书校验选择 RSA 或 ECC 的 CA 证书${again}`
		},
		"InvalidParameterValue.CertificateVerifyUpstreamVerifyCustomCANeedCert": {
			meaning: "该域名开启了源站证书校验，但没有选择 CA 证书。",
			fix: `${originPull}请${origin}选择 CA 证书，或关闭源站证书校验${again}`
		},
		"InvalidParameterValue.ClientCertInfoQuotaLimit": {
			meaning: "该域名边缘双向认证的客户端 CA 证书超过了 EdgeOne 允许的 20 张。",
			fix: `${clientCa}请${https}移除不用的客户端 CA 证书${again}`
		},
		"InvalidParameterValue.InvalidKeylessServerId": {
			meaning: "该域名使用的 keyless 服务端 ID 在 EdgeOne 中不存在。",
			fix: `${keyless}请${https}选择已有的 keyless 服务端，或关闭无私钥证书模式${again}`
		},
		"InvalidParameterValue.OCDirectOriginDomainNotSupportUpstreamVerify": {
			meaning: "该域名开启了 EdgeOne 的\u201cOC 互转\u201d，不能同时开启源站证书校验。",
			fix: `${originPull}请${origin}关闭源站证书校验${again}如果控制台中没有该配置，请${ticket}。`
		},
		"InvalidParameterValue.ServerCertInfoNeedContainRSAorECC": {
			meaning: "该域名的边缘双向认证使用 RSA 或 ECC 的客户端 CA 证书，而此次修改会使域名没有相同算法的边缘证书。",
			fix: `请在 \`cert-id\` 中加入与客户端 CA 证书算法相同的证书，或保留已绑定的证书（\`keep-other-algorithms\`）。如需使用其他算法，请${https}先更换客户端 CA 证书，步骤不会修改该配置。`
		},
		"InvalidParameterValue.ServerCertInfoNeedContainSM2": {
			meaning: "该域名的边缘双向认证使用国密（SM2）的客户端 CA 证书，而此次修改会使域名没有 SM2 的边缘证书。",
			fix: `请在 \`cert-id\` 中加入 SM2 证书的 ID，或保留已绑定的证书（\`keep-other-algorithms\`）。如果不再使用 SM2，请${https}先更换客户端 CA 证书，步骤不会修改该配置。`
		},
		"InvalidParameterValue.SiteFailoverNotSupportHostUpstreamVerify": {
			meaning: "该域名同时开启了源站故障转移和回源双向认证（或源站证书校验），EdgeOne 不支持这样的组合。",
			fix: `${originPull}请在 EdgeOne 控制台为该域名关闭其中一项${again}`
		},
		"InvalidParameterValue.UpstreamClientCertInfoQuotaLimit": {
			meaning: "该域名回源双向认证的客户端证书多于一张，EdgeOne 只允许一张。",
			fix: `${originPull}请${origin}只保留一张客户端证书${again}`
		},
		"InvalidParameterValue.UpstreamVerifyCustomCACertInfoQuotaLimit": {
			meaning: "该域名源站证书校验的 CA 证书多于一张，EdgeOne 只允许一张。",
			fix: `${originPull}请${origin}只保留一张 CA 证书${again}`
		},
		"OperationDenied.KeylessModeCertificatePrivateKeyNeedEmpty": {
			meaning: "该域名使用无私钥证书（keyless）模式，只接受不含私钥的证书，而该证书含有私钥。",
			fix: `${keyless}请${https}关闭无私钥证书模式，或在 \`cert-id\` 中填写上传时未附私钥的证书 ID。`
		},
		"OperationDenied.NotInKeylessWhiteList": {
			meaning: "该域名或证书需要无私钥证书（keyless）模式，该功能仅对白名单账号开放。",
			fix: `${keyless}请提交工单申请将账号加入白名单；也可以${https}关闭无私钥证书模式，并使用含有私钥的证书。`
		},
		"OperationDenied.NotInUpstreamMTLSWhiteList": {
			meaning: "该域名使用回源双向认证，该功能仅对白名单账号开放。",
			fix: `${originPull}请提交工单申请将账号加入白名单；也可以${origin}关闭回源双向认证。`
		},
		"OperationDenied.UnSupportToCloseUpstreamMTLS": {
			meaning: "此次修改会关闭该域名的回源双向认证，而 EdgeOne 只允许通过移除边缘证书来关闭。",
			fix: `${originPull}请在 EdgeOne 控制台绑定证书，并保持回源双向认证开启。如果不再使用回源双向认证，请先在控制台移除该域名的证书；在重新绑定证书之前，该域名不支持 HTTPS 访问。`
		},
		"OperationDenied.UseUpstreamMTLSNeedOpenHttps": {
			meaning: "该域名使用回源双向认证，EdgeOne 要求这样的域名必须配置边缘证书。",
			fix: `${originPull}请保持绑定证书（\`mode: sslcert\` 和 \`cert-id\`）；如需移除证书，请${origin}先关闭回源双向认证。`
		}
	};
	//! ./lib/errors/zh/teo.js
	const keepTrying = "如仍失败，请调大 `wait-minutes`，避免其他工作流同时修改该站点（使用 `concurrency` 分组），或等 EdgeOne 控制台显示域名在线后重新运行作业。";
	const oneByOne = "无需处理，步骤会逐个修改这些域名。";
	const findHost = "请将 `hosts` 与 EdgeOne 控制台中该站点的加速域名核对。使用 `match: exact` 时，名称必须与列表中完全一致，包括 `*.example.com`；如需按通配规则选择，请设置 `match: pattern`。如果域名属于其他站点，请修正 `zone-id`。";
	const findLock = `请在 EdgeOne 控制台查明锁定的原因或锁定人，解除锁定后重新运行作业。如果控制台没有显示锁定，请${ticket}。`;
	const copyZone = "请从 EdgeOne 控制台复制站点 ID（`zone-\u2026`），填入 `zone-id`";
	const zoneResource = "`qcs::teo::uin/<主账号 UIN>:zone/<站点 ID>`";
	const teoTexts = {
		...hostSettingsTexts,
		"AuthFailure.UnauthorizedOperation": {
			meaning: "该用户或角色没有执行此 EdgeOne 操作的权限。SSL 证书的权限不包含 EdgeOne 的权限。",
			fix: `请在访问管理（CAM）控制台关联策略，授予 \`teo:DescribeAccelerationDomains\` 和 \`teo:ModifyHostsCertificate\` 权限，资源为 ${zoneResource}。被拒绝的操作见错误信息。\`QcloudSSLFullAccess\` 不包含 EdgeOne 的权限。`
		},
		FailedOperation: {
			meaning: `EdgeOne 未能完成该调用。如果错误信息没有给出原因，通常是因为${otherSite}。`,
			fix: `如果错误信息给出了原因，请按该原因处理。否则请设置 \`site\`：tencentcloud.com 的账号为 \`international\`，cloud.tencent.com 的账号为 \`china\`。如果设置正确，请稍后重新运行作业；如果再次出现同样的错误，请${ticket}。`
		},
		"FailedOperation.CertificateHasExpired": {
			meaning: "证书已过期，EdgeOne 不会下发已过期的证书。",
			fix: "请续期证书，上传到 SSL 证书服务，并在 `cert-id` 中填写新的 ID。"
		},
		"FailedOperation.CertificateNotFound": {
			meaning: "EdgeOne 在该账号下找不到此 ID 的边缘证书。",
			fix: "请从同一账号、同一站（中国站或国际站）的 SSL 证书控制台复制证书 ID，填入 `cert-id`。如果证书已删除，请重新上传并填写新的 ID。"
		},
		"FailedOperation.InvalidZoneStatus": {
			meaning: "站点的当前状态不允许修改证书，例如尚未激活、已停用或已锁定。",
			fix: "请在 EdgeOne 控制台打开该站点，完成其中提示的事项（归属权验证、DNS、套餐），或重新启用站点。站点激活后重新运行作业。"
		},
		"FailedOperation.ModifyFailed": {
			meaning: "EdgeOne 没有完成修改。没有错误信息或只有\u201c操作失败\u201d时，通常是暂时的，多出现在刚上传证书之后。有其他错误信息时，通常是域名不在该站点中。",
			fix: `没有错误信息时，步骤已自动重试，直至 \`wait-minutes\` 设定的时间用完。域名不存在时也可能返回同样的结果，因此请将 \`hosts\` 与站点的域名列表核对，并稍后重新运行作业。如果再次出现同样的错误，请${ticket}。`
		},
		"InternalError.ConfigLocked": {
			meaning: "站点或域名的配置已锁定，无法修改。",
			fix: findLock
		},
		"InternalError.DBError": {
			meaning: "EdgeOne 读取站点时发生内部错误。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InternalError.GetRoleError": {
			meaning: "EdgeOne 无法使用读取 SSL 证书所需的服务角色，通常是从未授权，或角色已被删除。",
			fix: "请用主账号登录，在 EdgeOne 控制台为某个域名绑定任意一张 SSL 证书服务中的证书，并同意其中的授权提示，然后重新运行作业。该角色在访问管理（CAM）控制台中名为 `TEO_QCSLinkedRoleInCertlist`。"
		},
		"InternalError.ProxyServer": {
			meaning: "EdgeOne API 的内部服务器出错。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InternalError.RouteError": {
			meaning: "EdgeOne API 无法访问其内部服务器。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InternalError.SystemError": {
			meaning: "EdgeOne 发生内部错误。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InternalError.UnknowError": {
			meaning: "EdgeOne 发生内部错误，且没有给出原因。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		},
		"InvalidParameter.ActionInProgress": {
			meaning: "域名或站点之前的修改仍在进行中，或修改过于频繁。",
			fix: `${retriedToDeadline}${keepTrying}`
		},
		"InvalidParameter.CertNotMatchDomain": {
			meaning: "证书未覆盖该域名。`*.example.com` 既不覆盖 `example.com`，也不覆盖 `a.b.example.com`。",
			fix: "请从 `hosts` 中去掉该域名，或填写覆盖该域名的证书 ID。"
		},
		"InvalidParameter.CertToExpire": {
			meaning: "证书即将过期，EdgeOne 不接受。",
			fix: "请提前续期证书，上传到 SSL 证书服务，并在 `cert-id` 中填写新的 ID。"
		},
		"InvalidParameter.CertTooShortKeySize": {
			meaning: "证书的密钥长度不满足 EdgeOne 的要求：RSA（以及 DSA、DH）至少 2048 位，EC 至少 225 位。",
			fix: "请使用 RSA 2048 或 EC P-256 密钥重新签发证书，上传后在 `cert-id` 中填写其 ID。"
		},
		"InvalidParameter.CnameWildHostNotAllowApplyCertificate": {
			meaning: "对于以 CNAME 方式接入的站点，EdgeOne 不为泛域名签发免费证书。",
			fix: "请从 `hosts` 中去掉泛域名，或以 ID 绑定自有的泛域名证书。"
		},
		"InvalidParameter.DomainNotFound": {
			meaning: "调用中有域名不是该站点的加速域名。",
			fix: findHost
		},
		"InvalidParameter.HostStatusNotAllowApplyCertificate": {
			meaning: "EdgeOne 无法申请免费证书，因为该域名尚未指向 EdgeOne：CNAME 未切换，或验证请求无法到达。",
			fix: "请在 DNS 服务商处设置 EdgeOne 控制台为该域名显示的 CNAME，解析生效后重新运行作业。在此之前，可绑定自有证书：设置 `mode: sslcert` 和 `cert-id`。"
		},
		"InvalidParameter.InvalidCertInfo": {
			meaning: "EdgeOne 不接受为该域名指定的证书。",
			fix: "请在 SSL 证书控制台确认 `cert-id` 中的每个 ID 都是已签发的服务器证书，且 RSA、ECC、SM2 各不超过一张。已过期、已吊销的证书和 CA 证书均不接受。"
		},
		"InvalidParameter.InvalidHttpsCertInfo": {
			meaning: "EdgeOne 无法使用该证书的内容：PEM 文本或证书链已损坏，或不是服务器证书。",
			fix: "请将服务器证书、中间证书和服务器证书的私钥重新上传到 SSL 证书服务，并在 `cert-id` 中填写其 ID。如果仍被拒绝，请重新签发证书。"
		},
		"InvalidParameter.ZoneIsGrayPublishing": {
			meaning: "EdgeOne 正在升级该站点，升级完成前不接受修改。",
			fix: `${retriedToDeadline}如仍失败，请等 EdgeOne 控制台不再显示升级后重新运行作业。如果超过一天仍未完成，请${ticket}。`
		},
		"InvalidParameter.ZoneNotFound": {
			meaning: "站点不存在。",
			fix: `${copyZone}，并检查${matchSite}。`
		},
		InvalidParameterValue: {
			meaning: "调用中有参数为空或格式不正确：通常是域名列表，也可能是站点 ID、域名或证书 ID。",
			fix: "请确认 `hosts`、`zone-id` 和 `cert-id` 所用的表达式不为空。域名不要带 `https://` 或路径，站点 ID 形如 `zone-2fgd17m17xw`，证书 ID（不是备注名）在 SSL 证书控制台查看。"
		},
		"InvalidParameterValue.ZoneNotFound": {
			meaning: "EdgeOne 在该账号下找不到此 ID 的站点。",
			fix: `${copyZone}。如果填写正确，则是密钥属于其他账号，或 \`site\` 设置有误。`
		},
		"LimitExceeded.RateLimitExceeded": {
			meaning: "EdgeOne 一秒内收到的同类调用超过了限制，其他作业和控制台的调用也计算在内。",
			fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`
		},
		OperationDenied: {
			meaning: "由于域名或站点的当前状态，EdgeOne 拒绝了修改，通常是域名仍在部署中。",
			fix: "请在 EdgeOne 控制台检查域名是否在部署中、已停用或已锁定，以及站点是否已停用。域名在线后重新运行作业。"
		},
		"OperationDenied.CertificatePrivateKeyIsEmpty": {
			meaning: "SSL 证书服务中的该证书没有私钥，EdgeOne 仅在无私钥证书（keyless）模式下接受这样的证书。",
			fix: "请填写在 SSL 证书服务中存有私钥的证书 ID，或将该证书连同私钥重新上传。步骤不会修改无私钥证书（keyless）配置，请在 EdgeOne 控制台修改。"
		},
		"OperationDenied.ConfigLocked": {
			meaning: "站点或域名的配置已锁定，EdgeOne 不接受修改。",
			fix: findLock
		},
		"OperationDenied.DisableZoneNotCompleted": {
			meaning: "站点正在停用，停用完成前 EdgeOne 不接受修改。",
			fix: `${retriedToDeadline}如果仍在使用该站点，请在 EdgeOne 控制台启用站点后重新运行作业。否则请从工作流中去掉该站点。`
		},
		"OperationDenied.ErrZoneIsAlreadyPaused": {
			meaning: "站点已停用，EdgeOne 不会修改已停用站点的证书。",
			fix: "请在 EdgeOne 控制台启用站点后重新运行作业。如果该站点应保持停用，请从工作流中去掉使用该 `zone-id` 的步骤。"
		},
		"OperationDenied.HostsCertificateInconsistency": {
			meaning: "同一次调用中各域名当前的边缘证书不同，只有相同时 EdgeOne 才能一起修改。",
			fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`
		},
		"OperationDenied.HostsClientCertificateInconsistency": {
			meaning: "同一次调用中各域名的客户端 CA 证书配置（边缘双向认证）不同，只有相同时 EdgeOne 才能一起修改。",
			fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`
		},
		"OperationDenied.HostsKeylessServerInconsistency": {
			meaning: "同一次调用中各域名的 keyless 服务端不同，只有相同时 EdgeOne 才能一起修改。",
			fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`
		},
		"OperationDenied.HostsUpstreamCertificateInconsistency": {
			meaning: "同一次调用中各域名回源双向认证的客户端证书不同，只有相同时 EdgeOne 才能一起修改。",
			fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`
		},
		"OperationDenied.HostsUpstreamCertificateVerifyInconsistency": {
			meaning: "同一次调用中各域名的源站证书校验配置不同，只有相同时 EdgeOne 才能一起修改。",
			fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请${ticket}。`
		},
		"OperationDenied.KeylessCertSwitchToFreeCertConflict": {
			meaning: "同一次调用中各域名的证书或 keyless 服务端不同，EdgeOne 不会将它们一起切换为免费证书。",
			fix: `${oneByOne}如果 EdgeOne 对单个域名也返回该错误码，请先在 EdgeOne 控制台为该域名关闭无私钥证书（keyless）模式。`
		},
		"OperationDenied.VersionControlIsGraying": {
			meaning: "站点有正在使用的测试版本，在该版本发布现网或回滚之前，EdgeOne 不接受其他修改。",
			fix: "请在 EdgeOne 控制台该站点的版本管理中，将测试版本发布现网，或将其回滚，然后重新运行作业。"
		},
		ResourceInUse: {
			meaning: "域名或站点正在被其他变更占用，例如正在部署。",
			fix: `${retriedToDeadline}${keepTrying}`
		},
		"ResourceUnavailable.CertNotFound": {
			meaning: "EdgeOne 无法读取该证书：ID 有误，证书属于其他账号或另一个站（中国站或国际站），或从未授权 EdgeOne 的服务角色读取 SSL 证书。",
			fix: `请确认在正确账号的 SSL 证书控制台中能找到 \`cert-id\` 中的 ID，并检查${matchSite}。如果都正确，请在 EdgeOne 控制台绑定一次证书，按提示完成授权，然后重新运行作业。`
		},
		"ResourceUnavailable.DomainNotFound": {
			meaning: "EdgeOne 在该站点中找不到此名称的加速域名。",
			fix: findHost
		},
		"ResourceUnavailable.HostNotFound": {
			meaning: "该域名不是该站点的加速域名，或 EdgeOne 未代理该域名（未开启加速）。",
			fix: "请检查 `hosts` 中的拼写，并确认 `zone-id` 是该域名所属的站点。如果 EdgeOne 控制台显示该域名已停用或未开启代理，请为其开启加速，或从 `hosts` 中去掉该域名。"
		},
		"ResourceUnavailable.ZoneNotFound": {
			meaning: "站点不存在，或不属于密钥所属的账号。",
			fix: `${copyZone}。如果填写正确，请使用站点所属账号的密钥，并检查${matchSite}。`
		},
		UnauthorizedOperation: {
			meaning: "该用户或角色没有执行此 EdgeOne 操作的权限。",
			fix: `请在访问管理（CAM）控制台授予错误信息中的操作权限，例如 \`teo:ModifyHostsCertificate\`，资源为 ${zoneResource}。`
		},
		"UnauthorizedOperation.CamUnauthorized": {
			meaning: "该用户或角色没有在该站点执行此 EdgeOne 操作的权限。",
			fix: `请在访问管理（CAM）控制台关联策略，授予错误信息中的操作权限，例如 \`teo:ModifyHostsCertificate\`，资源为 ${zoneResource}。如果已关联，请确认策略的资源包含该站点。`
		},
		"UnauthorizedOperation.NoPermission": {
			meaning: "该子账号或角色没有执行此 EdgeOne 操作的权限。",
			fix: `请在访问管理（CAM）控制台关联策略，授予 \`teo:DescribeAccelerationDomains\` 和 \`teo:ModifyHostsCertificate\` 权限，资源为 ${zoneResource}；使用 \`zone-name\` 时还需要 \`teo:DescribeZones\`。`
		},
		"UnauthorizedOperation.Unknown": {
			meaning: "EdgeOne API 的内部服务器出错。虽然错误码名为未授权，但与权限无关。",
			fix: `${retriedBriefly}；如果再次失败，请${ticket}。`
		}
	};
	//! ./lib/errors/zh/index.js
	const zhTables = {
		teo: teoTexts,
		ssl: sslTexts,
		sts: stsTexts,
		common: commonTexts,
		own: ownTexts
	};
	const chinese = ({ code, row, call }) => {
		if (row === undefined) return undefined;
		if (call === undefined) return Object.hasOwn(zhTables.own, code) ? zhTables.own[code] : undefined;
		const texts = row.forbidden ? permissionTexts(call) : undefined;
		return texts ?? (0, family.W)(zhTables[call.service], zhTables.common, code);
	};
}) };
