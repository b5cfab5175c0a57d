import type { AuditOnlyName, InputName } from '../../src/inputs/table.ts'

// What action.yml says of each input, in Chinese. A test compares the names in code of each with those of action.yml.

export const inputTexts: Readonly<Record<Exclude<InputName, AuditOnlyName>, string>> = {
  'zone-id': 'EdgeOne 站点 ID，形如 `zone-…`；可填写多个，以逗号、空格或换行分隔。与 `zone-name` 二选一。',
  'zone-name':
    'EdgeOne 站点名称，例如 `example.com`，用来代替站点 ID；可填写多个。如果没有站点或有多个站点使用该名称，步骤失败，并列出候选站点及其 ID。填写多个站点且 `match: exact` 时，每个域名都必须属于其中一个站点。填写 `auto` 时，选用账号下证书所覆盖的全部站点；此时 `match` 默认为 `certificate`，没有匹配域名的站点会被略过。',
  manifest:
    '工作区内 YAML 或 JSON 清单文件的路径，其中列出多个站点（docs/many-sites.zh-CN.md）。使用清单时不能再填写 `zone-id`、`zone-name`、`hosts`、`cert-id`、`certificate` 和 `private-key`；其他输入作为默认值，优先级低于清单中的 `defaults`。',
  shard: '分片，格式为 `i/n`，例如 `2/4`：只处理清单中分到该分片的账号。用于矩阵作业。',
  hosts:
    '域名，或匹配规则（见 `match`），以逗号、空格或换行分隔。`#` 之后直到行尾为注释。大写字母、末尾的点和中文等 Unicode 域名会自动规范化。',
  match:
    '用 `hosts` 选择域名的方式。`exact`：每一项都是一个加速域名，`*.example.com` 只选择名称恰为 `*.example.com` 的域名。`pattern`：每一项都是匹配规则，与站点内的域名匹配，`*` 匹配恰好一级，`**` 匹配一级或多级，以 `!` 开头表示排除。`certificate`：选择站点内证书覆盖的全部域名；`hosts` 可选，用匹配规则缩小范围。正在使用 EdgeOne 免费证书（会自动续期）的域名不做变更，并在提示中列出，除非 `hosts` 中有匹配规则明确选中它们。`pattern` 和 `certificate` 会跳过未启用的域名（已停用、被封禁或尚未激活）。默认为 `exact`；设置 `zone-name: auto` 时默认为 `certificate`。',
  'if-no-hosts': '没有选中任何域名时的处理方式：`error`（失败）、`warn`（警告）或 `ignore`（忽略）。',
  'cert-id':
    'SSL 证书服务中的证书 ID，每种算法（RSA、ECC、SM2）最多一个，以逗号、空格或换行分隔；或填写 `default`，使用站点的默认证书；或填写 `newest`：在已签发、可部署且覆盖站点内全部所选域名的证书中，选用有效期最长的一张，域名已有的每种算法各选一张（域名没有证书时选 RSA，没有 RSA 时选 ECC）。仅用于 `mode: sslcert`。与 `certificate` 二选一。',
  certificate:
    '证书及证书链，填写 PEM 文本，或工作区内 PEM 文件的路径，每行一个。`certificate` 和 `private-key` 中的 PEM 内容会一并读取：私钥自动匹配对应的服务器证书，其余证书按签发顺序组成证书链。提供两个私钥（RSA 和 ECC）即得到两张证书。证书会上传到 SSL 证书服务；已上传过的证书直接复用。',
  'private-key':
    '私钥（PKCS#8、PKCS#1 或 SEC1，未加密），填写 PEM 文本，或工作区内 PEM 文件的路径，每行一个。该值不会以任何形式显示，即使填写的是路径。',
  'cert-alias': '上传证书的备注名。默认由证书的第一个域名和生效日期（notBefore）组成。',
  'reuse-uploaded':
    '是否复用以前上传的同一张证书（沿用当时的证书链）。设为 `false` 时，每次运行都重新上传，适用于以前上传的证书链不完整等情况。',
  mode: '`sslcert`：使用 `cert-id` 或 `certificate` 指定的证书。`eofreecert` 和 `eofreecert_manual`：使用 EdgeOne 免费证书。`disable`：关闭 HTTPS。后三者不需要填写证书，且 `api-version` 必须为 `2022-09-01`。',
  'keep-other-algorithms':
    'EdgeOne 会替换域名的整个证书列表。`true`：保留其他算法的证书（已过期的除外）。`false`：域名只绑定所填的证书。如果有证书被移除且没有同算法的证书替代，会在警告中列出。',
  'min-days-left': '拒绝剩余有效期少于该天数的证书。',
  'secret-id':
    '腾讯云 API 密钥的 SecretId。如果 `secret-id`、`secret-key` 和 `session-token` 均为空，则从环境变量读取整组密钥，其中 SecretId 取自 `TENCENTCLOUD_SECRET_ID`；不会把两组密钥混合使用。',
  'secret-key': '该密钥的 SecretKey，或环境变量 `TENCENTCLOUD_SECRET_KEY`。',
  'session-token':
    '临时密钥的令牌（Token），或依次取环境变量 `TENCENTCLOUD_SESSION_TOKEN`、`TENCENTCLOUD_SECURITY_TOKEN`、`TENCENTCLOUD_TOKEN` 中第一个已设置的值。',
  'role-arn':
    '要扮演的角色，格式为 `qcs::cam::uin/<UIN>:roleName/<name>`，也支持服务角色。未提供 API 密钥时，使用作业的 OIDC 令牌扮演角色（需要 `permissions: id-token: write` 和 `oidc-provider`）；提供了 API 密钥时，使用该密钥扮演角色。',
  'oidc-provider': '访问管理（CAM）中 OIDC 身份提供商的名称。填写后不再使用环境变量中的密钥。',
  'oidc-audience': 'OIDC 令牌的受众（aud），必须是身份提供商的客户端 ID 之一。',
  'role-session-name':
    '角色会话名称，2 至 128 个字符，可用字符为 `[A-Za-z0-9_+=,.@-]`。默认为 `github-<run id>-<attempt>`。',
  'role-duration-seconds': '临时密钥的有效时长，单位为秒，最大 43200。步骤运行时间更长时，会自动更新密钥。',
  'allowed-account-ids':
    '允许操作的主账号 UIN，以逗号、空格或换行分隔。如果 API 密钥属于其他账号，步骤会在读取或修改任何站点之前失败。填写了但不含任何 ID 会报错。',
  region: 'STS 的地域，本 Action 调用的服务中只有 STS 需要地域。默认为 `ap-guangzhou`，国际站默认为 `ap-singapore`。',
  site: '`china`（中国站，cloud.tencent.com 的账号）或 `international`（国际站，tencentcloud.com 的账号）。两个站点的 API 密钥和证书互不相通。',
  endpoint:
    '替换默认的 API 地址：`https://…`，可包含 `{service}`；`http://` 仅限本机回环地址。使用 `*.tencentcloudapi.com` 以外的地址时会给出警告，且不会向其发送 OIDC 令牌。',
  'api-version':
    'TEO API 版本：`2022-09-01`，或旧版 `2022-01-06`。中国站的 SDK 已不再列出 `2022-01-06` 的 `ModifyHostsCertificate`，该接口在中国站可能停止服务。',
  language:
    '作业摘要、注解、拉取请求评论和 API 返回信息的语言：`en-US` 或 `zh-CN`。日志、错误码、输出和结果文件均为英文。',
  'dry-run': '试运行。`true`：只读取、检查、给出计划并报告，不做任何修改。只读权限的 API 密钥即可。',
  'wait-for':
    '变更达到哪个阶段后步骤才结束。`accepted`：EdgeOne 已受理，部署还需要几分钟。`deployed`：已逐一回读，所有域名在线且绑定了该证书。`served`：在此基础上，与每个域名进行 TLS 握手，确认返回的是该证书。',
  'wait-minutes': '整个步骤的时限，单位为分钟，从步骤开始计时，包括所有重试和等待；大于 0，最大 360。',
  'connect-to':
    '设置 `wait-for: served` 时，TLS 握手连接的地址，用来代替域名本身：`host[:port]`；或填写 `cname`，连接 EdgeOne 为域名分配的 CNAME，在 DNS 切换到 EdgeOne 之前即可验证。EdgeOne 不返回 CNAME 时不能使用 `cname`（`api-version: 2022-01-06`、Pages 站点）。',
  rollback:
    '`true`：如果已变更的域名未达到 `wait-for`，且有证据表明访问受到影响，则恢复原来的证书；已过期或一小时内到期的证书除外。回滚有独立的 5 分钟时限，可能晚于 `wait-minutes` 结束。',
  'old-certificates':
    '全部验证通过后，对本步骤替换下来的上传证书，以及域名和算法相同的历史上传证书的处理方式，仅限不再绑定任何资源的证书：`keep`（保留）、`mute`（关闭到期提醒）或 `delete`（删除）。',
  'comment-on-pull-request':
    '`true`：在拉取请求中保留一条评论，内容为作业摘要（计划或结果），并随每次运行更新。工作流的每个步骤各有一条评论，在原处修改（[docs/pull-requests.zh-CN.md](docs/pull-requests.zh-CN.md)）。适用于 `pull_request`、`pull_request_target`、`issue_comment` 和 `merge_group` 事件；其他事件只给出提示。',
  'github-token':
    '发表该评论所用的令牌，需要 `permissions: pull-requests: write`。如果 GitHub 拒绝（例如拉取请求来自 fork 仓库），步骤只给出提示，不会失败。',
}
