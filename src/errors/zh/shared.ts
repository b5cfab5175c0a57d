// What many texts have in common.

export const retriedToDeadline = '步骤会自动重试，直至 `wait-minutes` 设定的时间用完。'
export const retriedBriefly = '步骤会自动重试几次。如仍失败，请稍后重新运行作业'
export const ticket = '提交工单并提供请求 ID'
/** `site` is China or international (站); 站点 is a zone of EdgeOne. Begins with the space before the code span. */
export const matchSite = ' `site` 是否与账号一致（中国站或国际站）'
export const otherSite = '密钥所属的账号与 `site` 不一致（中国站或国际站）'
