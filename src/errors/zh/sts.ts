import type { sts } from '../sts.ts'
import type { Texts } from '../types.ts'
import { matchSite, retriedBriefly, retriedToDeadline, ticket } from './shared.ts'

const noPolicy = '步骤不发送会话策略。请检查代理或 `endpoint` 是否修改了请求。'
const noMfa =
  '请在访问管理（CAM）控制台去掉角色信任策略中的 MFA 条件，或为该工作流单独创建角色。更好的做法是不使用密钥，通过 `role-arn` 和 `oidc-provider` 登录。'
const checkPolicies = `${noPolicy}如果没有，请在访问管理（CAM）控制台检查角色的策略。如果策略有效，请${ticket}。`
const shortenPolicies = `${noPolicy}如果没有，请在访问管理（CAM）控制台精简角色关联的策略。如果再次出现同样的错误，请${ticket}。`

export const stsTexts = {
  'AuthFailure.AccessKeyIllegal': {
    meaning: 'STS 不接受该密钥：填写有误、已删除、已禁用，或者是缺少令牌的临时密钥。',
    fix: `请在访问管理（CAM）控制台检查密钥，并重新保存 \`secret-id\` 和 \`secret-key\`；使用临时密钥时，还要设置 \`session-token\`。另请检查${matchSite}。`,
  },
  'FailedOperation.CheckMFAError': {
    meaning: '扮演该角色需要 MFA 校验，而工作流无法完成 MFA 校验。',
    fix: noMfa,
  },
  'FailedOperation.MFATypeNotSupported': {
    meaning: '扮演该角色需要 MFA 校验，而 STS 的该接口不支持所要求的 MFA 类型。',
    fix: noMfa,
  },
  'InternalError.DbError': {
    meaning: 'STS 读取数据库失败。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InternalError.EncryptError': {
    meaning: 'STS 加密临时密钥失败。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InternalError.GetAppIdError': {
    meaning: 'STS 未能获取 `role-arn` 中账号的 APPID。',
    fix: `${retriedBriefly}，运行前请检查 \`role-arn\` 中的账号 UIN。如果再次失败，请${ticket}。`,
  },
  'InternalError.GetRoleError': {
    meaning: 'STS 找不到或无法读取 `role-arn` 中的角色。',
    fix: `请从访问管理（CAM）控制台的角色详情页复制 ARN，填入 \`role-arn\`：\`qcs::cam::uin/<主账号 UIN>:roleName/<角色名>\`。另请检查${matchSite}。如果都正确，请稍后重新运行作业。`,
  },
  'InternalError.GetSeedTokenError': {
    meaning: 'STS 未能获取用于生成临时密钥的令牌。',
    fix: `${retriedBriefly}，运行前请在访问管理（CAM）控制台确认密钥或角色仍然存在。如果再次失败，请${ticket}。`,
  },
  'InternalError.IllegalRole': {
    meaning: 'STS 不允许任何人扮演 `role-arn` 中的角色。',
    fix: `请在访问管理（CAM）控制台确认 \`role-arn\` 是自定义角色而不是服务角色，且信任策略有效。如果都正确，请${ticket}。`,
  },
  'InternalError.PbSerializeError': {
    meaning: 'STS 生成响应失败。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InternalError.SystemError': {
    meaning: 'STS 发生内部错误，例如其内部网络故障。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InternalError.UnknownError': {
    meaning: 'STS 发生内部错误，且没有给出原因。',
    fix: `${retriedBriefly}；如果再次失败，请${ticket}。`,
  },
  'InvalidParameter.AccessKeyNotSupport': {
    meaning: 'STS 的该接口不支持这种类型的密钥。',
    fix: '请使用访问管理（CAM）控制台中子用户的 API 密钥（`secret-id`、`secret-key`），或使用 `role-arn` 和 `oidc-provider`。其他产品的密钥不可用。',
  },
  'InvalidParameter.AccountNotAvaliable': {
    meaning: '账号不存在或不可用，例如已注销、已冻结或已欠费。',
    fix: `请检查 \`role-arn\` 中的账号 UIN、控制台中的账号状态，以及${matchSite}。`,
  },
  'InvalidParameter.ExtendStrategyOverSize': {
    meaning: '用于限制临时密钥权限的策略过大。',
    fix: shortenPolicies,
  },
  'InvalidParameter.GrantOtherResource': {
    meaning: '请求的权限涉及调用者无权授予的资源，通常是其他账号的资源。',
    fix: '请确认 `role-arn` 中的账号 UIN 是站点所属的账号，并在访问管理（CAM）控制台确认角色的信任策略中包含发起调用的用户。',
  },
  'InvalidParameter.OverLimit': {
    meaning: 'STS 一秒内收到的调用次数超过了限制。',
    fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`,
  },
  'InvalidParameter.OverTimeError': {
    meaning: '请求的临时密钥有效期超过了角色或 STS 的上限。',
    fix: '请调小 `role-duration-seconds`（最大 `43200`），或在访问管理（CAM）控制台调大角色的最大会话时长。',
  },
  'InvalidParameter.ParamError': {
    meaning: '登录参数缺失或格式不正确。',
    fix: '请检查 `role-arn`（`qcs::cam::uin/<主账号 UIN>:roleName/<角色名>`）、`oidc-provider`（访问管理（CAM）控制台中身份提供商的名称，不是 URL）、`role-session-name` 和 `role-duration-seconds`。',
  },
  'InvalidParameter.PolicyTooLong': {
    meaning: '用于限制临时密钥权限的策略过长。',
    fix: shortenPolicies,
  },
  'InvalidParameter.ResouceError': {
    meaning: '资源描述不符合访问管理（CAM）要求的六段式格式（`qcs::cam::uin/…:roleName/…`）。',
    fix: '请从访问管理（CAM）控制台的角色详情页复制 ARN，填入 `role-arn`。如果填写正确，请检查该角色策略中的资源描述。',
  },
  'InvalidParameter.StrategyFormatError': {
    meaning: '用于限制临时密钥权限的策略有语法错误。',
    fix: checkPolicies,
  },
  'InvalidParameter.StrategyInvalid': {
    meaning: '用于限制临时密钥权限的策略无效。',
    fix: checkPolicies,
  },
  'InvalidParameter.TempCodeNotAvaliable': {
    meaning: '临时登录 code 无效或已被使用。',
    fix: `步骤不发送此类 code。请在访问管理（CAM）控制台检查该角色是否要求 MFA 校验，如有请去掉。如果没有，请重新运行作业；如果再次出现同样的错误，请${ticket}。`,
  },
  'InvalidParameter.WebIdentityTokenError': {
    meaning:
      'STS 不接受作业的 OIDC 令牌：其受众、签发者或签名密钥与访问管理（CAM）中的身份提供商不一致，或令牌已过期。',
    fix: '请在访问管理（CAM）控制台确认 `oidc-provider` 指定的身份提供商以 `token.actions.githubusercontent.com` 为签发者，且客户端 ID 中包含 `oidc-audience`。如果此前可以登录，很可能是 GitHub 更换了签名密钥，请更新身份提供商的公钥，并开启公钥自动轮转。',
  },
  RequestLimitExceeded: {
    meaning: '账号或运行器一秒内对 STS 的调用次数超过了限制。',
    fix: `${retriedToDeadline}如仍失败，请将该工作流与账号的其他作业错开时间运行，或调大 \`wait-minutes\`。`,
  },
  'ResourceNotFound.RoleNotFound': {
    meaning: '账号下没有 `role-arn` 中指定名称的角色。',
    fix: `请从访问管理（CAM）控制台的角色详情页复制 ARN，填入 \`role-arn\`；角色名区分大小写。如果角色存在，请检查 ARN 中的账号 UIN，以及${matchSite}。`,
  },
  UnauthorizedOperation: {
    meaning: 'STS 拒绝了登录：角色的信任策略与作业的 OIDC 令牌不符，或密钥没有扮演该角色的权限。',
    fix: '使用 `oidc-provider` 时，请将日志中的 `iss`、`sub` 和 `aud` 与访问管理（CAM）控制台中该角色的条件核对。`sub` 取决于分支和环境，较新的仓库为 `repo:OWNER@ID/REPO@ID:…`。使用密钥时，请为其用户授予对 `role-arn` 的 `sts:AssumeRole` 权限，并在角色的信任策略中加入该用户。',
  },
  UnsupportedOperation: {
    meaning: 'STS 不支持该账号或角色以这种方式登录。',
    fix: '请在访问管理（CAM）控制台确认 `role-arn` 是自定义角色而不是服务角色，且 `secret-id` 属于子用户（主账号可能无法扮演角色）。也可以改用 `oidc-provider` 登录。',
  },
} as const satisfies Readonly<Record<keyof typeof sts, Texts>>
