import type { Mode } from '../model/setting.ts'
import type { Stage } from '../model/stage.ts'
import { numberIn } from '../util/number.ts'
import type { Part, Words } from './words.ts'

// The Chinese words of the report, in a chunk of their own. Terms are those of Tencent Cloud's console.

const number = (n: number): string => numberIn('zh-CN', n)
const hosts = (n: number): string => `${number(n)} 个域名`
const sites = (n: number): string => `${number(n)} 个站点`
/** `3 个域名中有 1 个` */
const hostsOf = ({ n, all }: Part): string => (n === all ? hosts(n) : `${hosts(all)}中有 ${number(n)} 个`)
const sitesOf = ({ n, all }: Part): string => (n === all ? sites(n) : `${sites(all)}中有 ${number(n)} 个`)

const things: Readonly<Record<Exclude<Mode, 'disable'>, string>> = {
  sslcert: '证书',
  eofreecert: '免费证书',
  eofreecert_manual: '免费证书',
}
const done: Readonly<Record<Stage, (what: string, n: number) => string>> = {
  accepted: (what, n) => `${hosts(n)}的${what}修改已受理，正在部署`,
  deployed: (what, n) => `${what}已部署到 ${hosts(n)}`,
  served: (what, n) => `${what}已部署到 ${hosts(n)}，并已生效`,
}

export const zh: Words = {
  number,
  hosts,
  sites,
  listed: (names, more) => (more === 0 ? names.join('、') : `${names.join('、')} 等 ${number(names.length + more)} 个`),
  sentences: (all) => all.join(''),
  fullStop: '。',
  comma: '，',
  labelled: (label, value) => `${label}：${value}`,

  states: {
    planned: '将修改',
    unchanged: '无需修改',
    served: '已部署并生效',
    deployed: '已部署',
    accepted: '已受理，部署中',
    'rolled-back': '已回滚',
    'not-served': '已部署，但未生效',
    'not-probed': '已部署，尚未探测',
    'timed-out': '已受理，未在时限内完成部署',
    failed: '已受理，但部署失败',
    refused: '被拒绝',
    waiting: '未修改：上一次部署尚未完成',
    inactive: '未修改：域名不在线',
    unknown: '结果未知：未收到应答',
    untouched: '未修改',
    'rollback-failed': '回滚失败',
  },
  counted: (n, what) => `${number(n)} 个${what}`,
  ends: {
    failed: '失败',
    'rolled-back': '已回滚',
    cancelled: '已取消',
    changed: '已修改',
    accepted: '已受理，部署中',
    planned: '将修改',
    unchanged: '无需修改',
  },

  headline: {
    whole: (what, which, why) => {
      const at = which === '' ? what : `${what}：${which}`
      if (why === '') return at
      return which === '' ? `${at}：${why}` : `${at}，${why}`
    },
    reached: (stage, mode, n) =>
      mode === 'disable'
        ? `${hosts(n)}${stage === 'accepted' ? '正在关闭' : '已关闭'} HTTPS`
        : done[stage](things[mode], n),
    inPlace: (mode, n) =>
      mode === 'disable' ? `${hosts(n)}已关闭 HTTPS，无需修改` : `${hosts(n)}已使用该${things[mode]}，无需修改`,
    noHosts: '没有域名，无需修改',
    wouldChange: (part) => (part.n === 0 ? '试运行：没有域名需要修改' : `试运行：${hostsOf(part)}将修改`),
    failed: (part) => `${hostsOf(part)}失败`,
    notPossible: (part) => `试运行：${hostsOf(part)}无法修改`,
    noHostChanged: '未修改任何域名',
    failedAfterwards: (n) => `${hosts(n)}已完成，但步骤失败`,
    rolledBack: (part) => `${hostsOf(part)}已回滚`,
    notRolledBack: (n) => `${hosts(n)}回滚失败`,
    mutualTlsLost: (n) => `${hosts(n)}丢失了原有的双向认证配置`,
    cancelled: (part) => (part.n === 0 ? '已取消' : `已取消：${hostsOf(part)}未完成`),
    inputProblems: (n) => `输入参数有 ${number(n)} 处问题`,
    manifestProblems: (n) => `清单有 ${number(n)} 处问题`,
    sitesFailed: (part) => `${sitesOf(part)}失败`,
    sitesCancelled: (part) => `已取消：${sitesOf(part)}未完成`,
    sitesDone: (n) => `${sites(n)}已完成`,
    sitesPlanned: (n) => `试运行：${sites(n)}`,
  },
  brief: {
    'InternalError.ConfigLocked': () => '配置已锁定',
    'OperationDenied.ConfigLocked': () => '配置已锁定',
    OperationDenied: () => '域名或站点的当前状态不允许修改',
    'ResourceUnavailable.CertNotFound': () => 'EdgeOne 无法读取该证书',
    'Input.HostNotOnline': () => '域名不在线',
    'Input.NoIdToken': () => '作业无法获取 OIDC 令牌',
    'Run.SitesFailed': () => '原因各不相同',
    'Verify.ApplicationFailed': () => 'EdgeOne 未能申请到证书',
    'Verify.BindingFailed': () => 'EdgeOne 未能绑定证书',
    'Verify.HostBusy': () => '上一次修改仍在部署',
    'Verify.HostGone': () => '域名已从站点中删除',
    'Verify.MutualTlsChanged': () => '双向认证的证书发生了变化',
    'Verify.NotDeployed': () => '未在时限内完成部署',
    'Verify.NotProbed': () => '步骤停止前尚未探测',
    'Verify.NotServed': () => '证书未生效',
    'Verify.NotTaken': () => 'EdgeOne 受理了修改，但未执行',
    'Verify.NoWitness': () => '无法确认当前生效的是哪张证书',
    'Verify.RollbackFailed': () => '无法确认当前生效的是哪张证书',
  },
  gist: (meaning) => meaning.split(/[。；：]/)[0] ?? '',

  nothingChanged: '本步骤未做任何修改。',
  nothingChangedHere: (sites) => `${sites === 1 ? '该站点' : '这些站点'}未做任何修改。`,
  inDoubt: '有一次调用已发出但未收到应答，EdgeOne 可能已执行该修改。',
  safeToRepeat: '可以放心地重新运行本步骤。',
  dryRun: '未做任何修改。去掉 `dry-run` 后，本步骤会执行下表中的修改。',
  inProgress: '部署正在进行。部署完成前，访客看到的可能仍是原证书。',
  notWaitedFor: '本步骤未等待部署完成（`wait-for: accepted`）。',

  code: '错误码',
  whatHappened: '错误信息',
  noMessage: '服务未返回错误信息。',
  cause: '原因',
  whatToDo: '处理方法',
  requestId: '请求 ID',
  also: (code, n, names) => `**另有 ${code}**，${hosts(n)}：${names}`,
  inManifest: (n, shown) =>
    `清单有 ${number(n)} 处问题${n === shown ? '' : `，前 ${number(shown)} 处已在对应位置标注`}；作业摘要列出了全部问题。`,

  stateAndHost: '状态与域名',
  certificateAndEnd: '证书与到期日（UTC）',
  none: '无',
  daysLeft: (days) => (days < 0 ? `已过期 ${number(-days)} 天` : `剩余 ${number(days)} 天`),
  about: (facts) => `（${facts.join('，')}）`,
  folded: (what, counts) => `${what}：${counts}`,
  outcomeAndSite: '结果与站点',
  account: '账号',
  hostsHead: '域名',
  ofAccount: (some, account) => `${account} 的 ${some}`,
  calls: (n) => `请求 ID 与 API 调用（${number(n)} 次）`,
  action: '接口',
  answer: '返回',
  more: (n) => `…… 还有 ${number(n)} 个，见输出 \`result-path\` 指向的文件`,
  moreSites: (n) => `…… 还有 ${sites(n)}，见输出 \`result-path\` 指向的文件`,
  warning: (n) => `…… 还有 ${number(n)} 条`,

  sections: {
    new: '新证书',
    'would-be-new': '将绑定',
    'not-in-effect': '新证书<br>（未生效）',
    kept: '保留',
    'would-be-kept': '将保留',
    replaced: '已替换',
    'would-be-replaced': '将替换',
    'not-verified': '替换未确认',
    'still-bound': '仍在使用',
  },
  validity: '证书有效期：',
  validityToday: '证书有效期（红线为今天）：',
  until: (label, day) => `${label}，${day} 到期`,
  share: (share, accounts) => `分片 ${share}：${accounts}`,
  noAccount: '没有账号',
  ownInputs: '凭证输入参数',
  place: (site, of, api) => `EdgeOne 站点 ${site}（${of === 'china' ? '中国站' : '国际站'}），API ${api}`,
  certificates: (ids) => `证书 ${ids}`,
}
