export const id = 710;
export const ids = [710];
export const modules = {

/***/ 5710:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   zh: () => (/* binding */ zh)
/* harmony export */ });
/* harmony import */ var _util_number_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2875);

const number = (n) => (0,_util_number_js__WEBPACK_IMPORTED_MODULE_0__/* .numberIn */ .P)('zh-CN', n);
const hosts = (n) => `${number(n)} \u4e2a\u57df\u540d`;
const sites = (n) => `${number(n)} \u4e2a\u7ad9\u70b9`;
const hostsOf = ({ n, all }) => (n === all ? hosts(n) : `${hosts(all)}\u4e2d\u6709 ${number(n)} \u4e2a`);
const sitesOf = ({ n, all }) => (n === all ? sites(n) : `${sites(all)}\u4e2d\u6709 ${number(n)} \u4e2a`);
const things = {
    sslcert: '\u8bc1\u4e66',
    eofreecert: '\u514d\u8d39\u8bc1\u4e66',
    eofreecert_manual: '\u514d\u8d39\u8bc1\u4e66',
};
const done = {
    accepted: (what, n) => `${hosts(n)}\u7684${what}\u4fee\u6539\u5df2\u53d7\u7406\uff0c\u6b63\u5728\u90e8\u7f72`,
    deployed: (what, n) => `${what}\u5df2\u90e8\u7f72\u5230 ${hosts(n)}`,
    served: (what, n) => `${what}\u5df2\u90e8\u7f72\u5230 ${hosts(n)}\uff0c\u5e76\u5df2\u751f\u6548`,
};
const zh = {
    number,
    hosts,
    sites,
    listed: (names, more) => (more === 0 ? names.join('\u3001') : `${names.join('\u3001')} \u7b49 ${number(names.length + more)} \u4e2a`),
    sentences: (all) => all.join(''),
    fullStop: '\u3002',
    comma: '\uff0c',
    labelled: (label, value) => `${label}\uff1a${value}`,
    states: {
        planned: '\u5c06\u4fee\u6539',
        unchanged: '\u65e0\u9700\u4fee\u6539',
        served: '\u5df2\u90e8\u7f72\u5e76\u751f\u6548',
        deployed: '\u5df2\u90e8\u7f72',
        accepted: '\u5df2\u53d7\u7406\uff0c\u90e8\u7f72\u4e2d',
        'rolled-back': '\u5df2\u56de\u6eda',
        'not-served': '\u5df2\u90e8\u7f72\uff0c\u4f46\u672a\u751f\u6548',
        'not-probed': '\u5df2\u90e8\u7f72\uff0c\u5c1a\u672a\u63a2\u6d4b',
        'timed-out': '\u5df2\u53d7\u7406\uff0c\u672a\u5728\u65f6\u9650\u5185\u5b8c\u6210\u90e8\u7f72',
        failed: '\u5df2\u53d7\u7406\uff0c\u4f46\u90e8\u7f72\u5931\u8d25',
        refused: '\u88ab\u62d2\u7edd',
        waiting: '\u672a\u4fee\u6539\uff1a\u4e0a\u4e00\u6b21\u90e8\u7f72\u5c1a\u672a\u5b8c\u6210',
        inactive: '\u672a\u4fee\u6539\uff1a\u57df\u540d\u4e0d\u5728\u7ebf',
        unknown: '\u7ed3\u679c\u672a\u77e5\uff1a\u672a\u6536\u5230\u5e94\u7b54',
        untouched: '\u672a\u4fee\u6539',
        'rollback-failed': '\u56de\u6eda\u5931\u8d25',
    },
    counted: (n, what) => `${number(n)} \u4e2a${what}`,
    ends: {
        failed: '\u5931\u8d25',
        'rolled-back': '\u5df2\u56de\u6eda',
        cancelled: '\u5df2\u53d6\u6d88',
        changed: '\u5df2\u4fee\u6539',
        accepted: '\u5df2\u53d7\u7406\uff0c\u90e8\u7f72\u4e2d',
        planned: '\u5c06\u4fee\u6539',
        unchanged: '\u65e0\u9700\u4fee\u6539',
    },
    headline: {
        whole: (what, which, why) => {
            const at = which === '' ? what : `${what}\uff1a${which}`;
            if (why === '')
                return at;
            return which === '' ? `${at}\uff1a${why}` : `${at}\uff0c${why}`;
        },
        reached: (stage, mode, n) => mode === 'disable'
            ? `${hosts(n)}${stage === 'accepted' ? '\u6b63\u5728\u5173\u95ed' : '\u5df2\u5173\u95ed'} HTTPS`
            : done[stage](things[mode], n),
        inPlace: (mode, n) => mode === 'disable' ? `${hosts(n)}\u5df2\u5173\u95ed HTTPS\uff0c\u65e0\u9700\u4fee\u6539` : `${hosts(n)}\u5df2\u4f7f\u7528\u8be5${things[mode]}\uff0c\u65e0\u9700\u4fee\u6539`,
        noHosts: '\u6ca1\u6709\u57df\u540d\uff0c\u65e0\u9700\u4fee\u6539',
        wouldChange: (part) => (part.n === 0 ? '\u8bd5\u8fd0\u884c\uff1a\u6ca1\u6709\u57df\u540d\u9700\u8981\u4fee\u6539' : `\u8bd5\u8fd0\u884c\uff1a${hostsOf(part)}\u5c06\u4fee\u6539`),
        failed: (part) => `${hostsOf(part)}\u5931\u8d25`,
        notPossible: (part) => `\u8bd5\u8fd0\u884c\uff1a${hostsOf(part)}\u65e0\u6cd5\u4fee\u6539`,
        noHostChanged: '\u672a\u4fee\u6539\u4efb\u4f55\u57df\u540d',
        failedAfterwards: (n) => `${hosts(n)}\u5df2\u5b8c\u6210\uff0c\u4f46\u6b65\u9aa4\u5931\u8d25`,
        rolledBack: (part) => `${hostsOf(part)}\u5df2\u56de\u6eda`,
        notRolledBack: (n) => `${hosts(n)}\u56de\u6eda\u5931\u8d25`,
        mutualTlsLost: (n) => `${hosts(n)}\u4e22\u5931\u4e86\u539f\u6709\u7684\u53cc\u5411\u8ba4\u8bc1\u914d\u7f6e`,
        cancelled: (part) => (part.n === 0 ? '\u5df2\u53d6\u6d88' : `\u5df2\u53d6\u6d88\uff1a${hostsOf(part)}\u672a\u5b8c\u6210`),
        inputProblems: (n) => `\u8f93\u5165\u53c2\u6570\u6709 ${number(n)} \u5904\u95ee\u9898`,
        manifestProblems: (n) => `\u6e05\u5355\u6709 ${number(n)} \u5904\u95ee\u9898`,
        sitesFailed: (part) => `${sitesOf(part)}\u5931\u8d25`,
        sitesCancelled: (part) => `\u5df2\u53d6\u6d88\uff1a${sitesOf(part)}\u672a\u5b8c\u6210`,
        sitesDone: (n) => `${sites(n)}\u5df2\u5b8c\u6210`,
        sitesPlanned: (n) => `\u8bd5\u8fd0\u884c\uff1a${sites(n)}`,
    },
    brief: {
        'InternalError.ConfigLocked': () => '\u914d\u7f6e\u5df2\u9501\u5b9a',
        'OperationDenied.ConfigLocked': () => '\u914d\u7f6e\u5df2\u9501\u5b9a',
        OperationDenied: () => '\u57df\u540d\u6216\u7ad9\u70b9\u7684\u5f53\u524d\u72b6\u6001\u4e0d\u5141\u8bb8\u4fee\u6539',
        'ResourceUnavailable.CertNotFound': () => 'EdgeOne \u65e0\u6cd5\u8bfb\u53d6\u8be5\u8bc1\u4e66',
        'Input.HostNotOnline': () => '\u57df\u540d\u4e0d\u5728\u7ebf',
        'Input.NoIdToken': () => '\u4f5c\u4e1a\u65e0\u6cd5\u83b7\u53d6 OIDC \u4ee4\u724c',
        'Run.SitesFailed': () => '\u539f\u56e0\u5404\u4e0d\u76f8\u540c',
        'Verify.ApplicationFailed': () => 'EdgeOne \u672a\u80fd\u7533\u8bf7\u5230\u8bc1\u4e66',
        'Verify.BindingFailed': () => 'EdgeOne \u672a\u80fd\u7ed1\u5b9a\u8bc1\u4e66',
        'Verify.HostBusy': () => '\u4e0a\u4e00\u6b21\u4fee\u6539\u4ecd\u5728\u90e8\u7f72',
        'Verify.HostGone': () => '\u57df\u540d\u5df2\u4ece\u7ad9\u70b9\u4e2d\u5220\u9664',
        'Verify.MutualTlsChanged': () => '\u53cc\u5411\u8ba4\u8bc1\u7684\u8bc1\u4e66\u53d1\u751f\u4e86\u53d8\u5316',
        'Verify.NotDeployed': () => '\u672a\u5728\u65f6\u9650\u5185\u5b8c\u6210\u90e8\u7f72',
        'Verify.NotProbed': () => '\u6b65\u9aa4\u505c\u6b62\u524d\u5c1a\u672a\u63a2\u6d4b',
        'Verify.NotServed': () => '\u8bc1\u4e66\u672a\u751f\u6548',
        'Verify.NotTaken': () => 'EdgeOne \u53d7\u7406\u4e86\u4fee\u6539\uff0c\u4f46\u672a\u6267\u884c',
        'Verify.NoWitness': () => '\u65e0\u6cd5\u786e\u8ba4\u5f53\u524d\u751f\u6548\u7684\u662f\u54ea\u5f20\u8bc1\u4e66',
        'Verify.RollbackFailed': () => '\u65e0\u6cd5\u786e\u8ba4\u5f53\u524d\u751f\u6548\u7684\u662f\u54ea\u5f20\u8bc1\u4e66',
    },
    gist: (meaning) => meaning.split(/[\u3002\uff1b\uff1a]/)[0] ?? '',
    nothingChanged: '\u672c\u6b65\u9aa4\u672a\u505a\u4efb\u4f55\u4fee\u6539\u3002',
    inDoubt: '\u6709\u4e00\u6b21\u8c03\u7528\u5df2\u53d1\u51fa\u4f46\u672a\u6536\u5230\u5e94\u7b54\uff0cEdgeOne \u53ef\u80fd\u5df2\u6267\u884c\u8be5\u4fee\u6539\u3002',
    safeToRepeat: '\u53ef\u4ee5\u653e\u5fc3\u5730\u91cd\u65b0\u8fd0\u884c\u672c\u6b65\u9aa4\u3002',
    dryRun: '\u672a\u505a\u4efb\u4f55\u4fee\u6539\u3002\u53bb\u6389 `dry-run` \u540e\uff0c\u672c\u6b65\u9aa4\u4f1a\u6267\u884c\u4e0b\u8868\u4e2d\u7684\u4fee\u6539\u3002',
    inProgress: '\u90e8\u7f72\u6b63\u5728\u8fdb\u884c\u3002\u90e8\u7f72\u5b8c\u6210\u524d\uff0c\u8bbf\u5ba2\u770b\u5230\u7684\u53ef\u80fd\u4ecd\u662f\u539f\u8bc1\u4e66\u3002',
    notWaitedFor: '\u672c\u6b65\u9aa4\u672a\u7b49\u5f85\u90e8\u7f72\u5b8c\u6210\uff08`wait-for: accepted`\uff09\u3002',
    code: '\u9519\u8bef\u7801',
    whatHappened: '\u9519\u8bef\u4fe1\u606f',
    noMessage: '\u670d\u52a1\u672a\u8fd4\u56de\u9519\u8bef\u4fe1\u606f\u3002',
    cause: '\u539f\u56e0',
    whatToDo: '\u5904\u7406\u65b9\u6cd5',
    requestId: '\u8bf7\u6c42 ID',
    also: (code, n, names) => `**\u53e6\u6709 ${code}**\uff0c${hosts(n)}\uff1a${names}`,
    inManifest: (n, shown) => `\u6e05\u5355\u6709 ${number(n)} \u5904\u95ee\u9898${n === shown ? '' : `\uff0c\u524d ${number(shown)} \u5904\u5df2\u5728\u5bf9\u5e94\u4f4d\u7f6e\u6807\u6ce8`}\uff1b\u4f5c\u4e1a\u6458\u8981\u5217\u51fa\u4e86\u5168\u90e8\u95ee\u9898\u3002`,
    stateAndHost: '\u72b6\u6001\u4e0e\u57df\u540d',
    certificateAndEnd: '\u8bc1\u4e66\u4e0e\u5230\u671f\u65e5\uff08UTC\uff09',
    none: '\u65e0',
    daysLeft: (days) => (days < 0 ? `\u5df2\u8fc7\u671f ${number(-days)} \u5929` : `\u5269\u4f59 ${number(days)} \u5929`),
    about: (facts) => `\uff08${facts.join('\uff0c')}\uff09`,
    folded: (what, counts) => `${what}\uff1a${counts}`,
    outcomeAndSite: '\u7ed3\u679c\u4e0e\u7ad9\u70b9',
    account: '\u8d26\u53f7',
    hostsHead: '\u57df\u540d',
    ofAccount: (some, account) => `${account} \u7684 ${some}`,
    calls: (n) => `\u8bf7\u6c42 ID \u4e0e API \u8c03\u7528\uff08${number(n)} \u6b21\uff09`,
    action: '\u63a5\u53e3',
    answer: '\u8fd4\u56de',
    more: (n) => `\u2026\u2026 \u8fd8\u6709 ${number(n)} \u4e2a\uff0c\u89c1\u8f93\u51fa \`result-path\` \u6307\u5411\u7684\u6587\u4ef6`,
    moreSites: (n) => `\u2026\u2026 \u8fd8\u6709 ${sites(n)}\uff0c\u89c1\u8f93\u51fa \`result-path\` \u6307\u5411\u7684\u6587\u4ef6`,
    warning: (n) => `\u2026\u2026 \u8fd8\u6709 ${number(n)} \u6761`,
    sections: {
        new: '\u65b0\u8bc1\u4e66',
        'would-be-new': '\u5c06\u7ed1\u5b9a',
        'not-in-effect': '\u65b0\u8bc1\u4e66<br>\uff08\u672a\u751f\u6548\uff09',
        kept: '\u4fdd\u7559',
        'would-be-kept': '\u5c06\u4fdd\u7559',
        replaced: '\u5df2\u66ff\u6362',
        'would-be-replaced': '\u5c06\u66ff\u6362',
        'not-verified': '\u66ff\u6362\u672a\u786e\u8ba4',
        'still-bound': '\u4ecd\u5728\u4f7f\u7528',
    },
    validity: '\u8bc1\u4e66\u6709\u6548\u671f\uff1a',
    validityToday: '\u8bc1\u4e66\u6709\u6548\u671f\uff08\u7ea2\u7ebf\u4e3a\u4eca\u5929\uff09\uff1a',
    until: (label, day) => `${label}\uff0c${day} \u5230\u671f`,
    share: (share, accounts) => `\u5206\u7247 ${share}\uff1a${accounts}`,
    noAccount: '\u6ca1\u6709\u8d26\u53f7',
    ownInputs: '\u51ed\u8bc1\u8f93\u5165\u53c2\u6570',
    place: (site, of, api) => `EdgeOne \u7ad9\u70b9 ${site}\uff08${of === 'china' ? '\u4e2d\u56fd\u7ad9' : '\u56fd\u9645\u7ad9'}\uff09\uff0cAPI ${api}`,
    certificates: (ids) => `\u8bc1\u4e66 ${ids}`,
};


/***/ })

};
