export const id = 543;
export const ids = [543];
export const modules = {

/***/ 1543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  audit: () => (/* binding */ audit)
});

// EXTERNAL MODULE: ./lib/util/language.js
var util_language = __webpack_require__(9932);
// EXTERNAL MODULE: ./lib/model/certificate.js
var certificate = __webpack_require__(4626);
;// CONCATENATED MODULE: ./lib/model/audit.js


const findingKinds = [
    'expired',
    'not-served',
    'no-certificate',
    'not-trusted',
    'not-covered',
    'expiring',
    'deploy-failed',
    'unreadable',
];
const tracedDetail = ({ detail, problem }) => {
    const id = problem?.requestId;
    return id === undefined ? detail : (0,util_language/* mapped */.CV)(detail, (text) => `${text} (RequestId ${id})`);
};
const siteKey = ({ zone: { id, name } }) => id ?? name ?? 'unknown';
const findingsOf = ({ sites, criteria }) => {
    const all = sites.flatMap((site) => [...site.findings, ...site.hosts.flatMap(({ findings }) => findings)].map((finding) => ({ site, finding })));
    const rank = ({ finding: { kind } }) => Number(!criteria.failOn.includes(kind));
    const end = ({ finding: { notAfter } }) => notAfter ?? Number.MAX_SAFE_INTEGER;
    const order = ({ finding: { kind } }) => findingKinds.indexOf(kind);
    return all.toSorted((a, b) => rank(a) - rank(b) || order(a) - order(b) || end(a) - end(b));
};
const isOk = ({ problem, sites, criteria }) => problem === undefined &&
    !findingsOf({ sites, criteria }).some(({ finding }) => criteria.failOn.includes(finding.kind));
const auditedHosts = ({ sites }) => sites.flatMap(({ hosts }) => hosts);
const earliestEnd = (result) => {
    const first = (0,certificate/* earliest */.Qd)(auditedHosts(result).flatMap(({ certificates }) => certificates.flatMap(({ notAfter }) => notAfter ?? [])));
    return first === Infinity ? undefined : first;
};

// EXTERNAL MODULE: ./lib/model/problem.js
var model_problem = __webpack_require__(1246);
// EXTERNAL MODULE: ./lib/model/result.js
var model_result = __webpack_require__(4484);
// EXTERNAL MODULE: ./lib/util/text.js
var util_text = __webpack_require__(8805);
// EXTERNAL MODULE: ./lib/report/annotations.js
var annotations = __webpack_require__(1116);
// EXTERNAL MODULE: ./lib/report/failures.js
var failures = __webpack_require__(2547);
// EXTERNAL MODULE: ./lib/report/limits.js
var limits = __webpack_require__(5032);
;// CONCATENATED MODULE: ./lib/report/audit-problem.js


const auditProblem = ({ problem }, voice) => problem === undefined ? '' : (0,failures/* problemText */.f)(problem, voice, limits/* ofSummary */.g);
const adviceOf = ({ advice, problem }, { said, texts }) => (problem === undefined ? undefined : texts(problem)?.fix) ?? said(advice);

// EXTERNAL MODULE: ./lib/util/number.js
var number = __webpack_require__(2875);
;// CONCATENATED MODULE: ./lib/report/audit-words.js

const kindWords = {
    expired: { en: 'expired', zh: '\u5df2\u8fc7\u671f' },
    'not-served': { en: 'not served', zh: '\u8fd4\u56de\u7684\u8bc1\u4e66\u4e0d\u7b26' },
    'no-certificate': { en: 'no certificate', zh: '\u65e0\u8bc1\u4e66' },
    'not-trusted': { en: 'not trusted', zh: '\u4e0d\u53d7\u4fe1\u4efb' },
    'not-covered': { en: 'not covered', zh: '\u8bc1\u4e66\u4e0d\u542b\u57df\u540d' },
    expiring: { en: 'expiring', zh: '\u5373\u5c06\u5230\u671f' },
    'deploy-failed': { en: 'deployment failed', zh: '\u90e8\u7f72\u5931\u8d25' },
    unreadable: { en: 'unreadable', zh: '\u65e0\u6cd5\u68c0\u67e5' },
};
const n = (count, noun) => `${(0,number/* numberIn */.P)('en-US', count)} ${noun}${count === 1 ? '' : 's'}`;
const hostsText = (count) => ({
    en: n(count, 'host'),
    zh: `${(0,number/* numberIn */.P)('zh-CN', count)} \u4e2a\u57df\u540d`,
});
const sitesText = (count) => ({
    en: n(count, 'site'),
    zh: `${(0,number/* numberIn */.P)('zh-CN', count)} \u4e2a\u7ad9\u70b9`,
});
const kindCount = (count, kind) => ({
    en: `${(0,number/* numberIn */.P)('en-US', count)} ${kindWords[kind].en}`,
    zh: `${kindWords[kind].zh} ${(0,number/* numberIn */.P)('zh-CN', count)} \u4e2a`,
});
const dayMs = 86_400_000;
const daysText = (end, now) => {
    const days = Math.floor(Math.abs(end - now) / dayMs);
    const isOver = end <= now;
    if (days === 0) {
        const en = isOver ? 'less than a day ago' : 'in less than a day';
        return { en, zh: isOver ? '\u4e0d\u8db3 1 \u5929\u524d' : '\u4e0d\u8db3 1 \u5929\u540e' };
    }
    return isOver
        ? { en: `${n(days, 'day')} ago`, zh: `${days} \u5929\u524d` }
        : { en: `in ${n(days, 'day')}`, zh: `${days} \u5929\u540e` };
};
const words = {
    findingAndHost: { en: 'Finding and host', zh: '\u95ee\u9898\u4e0e\u57df\u540d' },
    endAndCertificate: { en: 'Expiry and certificate', zh: '\u5230\u671f\u65e5\u4e0e\u8bc1\u4e66' },
    host: { en: 'Host', zh: '\u57df\u540d' },
    ends: { en: 'Certificate expires', zh: '\u8bc1\u4e66\u5230\u671f' },
    certificate: { en: 'Certificate', zh: '\u8bc1\u4e66' },
    toDo: { en: 'What to do', zh: '\u5904\u7406\u5efa\u8bae' },
    site: { en: 'Site', zh: '\u7ad9\u70b9' },
    hosts: { en: 'Hosts', zh: '\u57df\u540d\u6570' },
    findings: { en: 'Findings', zh: '\u95ee\u9898\u6570' },
    status: { en: 'Status', zh: '\u72b6\u6001' },
    edgeone: { en: 'EdgeOne console', zh: 'EdgeOne \u63a7\u5236\u53f0' },
    ssl: { en: 'SSL certificates', zh: 'SSL \u8bc1\u4e66\u63a7\u5236\u53f0' },
};

;// CONCATENATED MODULE: ./lib/report/audit-annotations.js








const maxAnnotations = 10;
const maxText = 1000;
const auditAnnotations = (result, voice) => {
    const stopped = result.problem === undefined ? [] : problemAnnotations(result.problem, voice);
    const groups = [...Map.groupBy(findingsOf(result), groupOf).values()];
    return [...stopped, ...groups.map((some) => findingAnnotation(result, some, voice))].slice(0, maxAnnotations);
};
const groupOf = (located) => {
    const { kind, host, certificates } = located.finding;
    const isOfCertificate = kind === 'expired' || kind === 'expiring' || kind === 'deploy-failed';
    return isOfCertificate && host !== undefined ? JSON.stringify([kind, certificates]) : located;
};
const findingAnnotation = ({ criteria }, some, voice) => {
    const [first] = some;
    if (first === undefined)
        throw new TypeError('a group without a finding');
    const { site, finding } = first;
    const { kind } = finding;
    const names = some.map((one) => (0,util_text/* clip */.$Q)((0,util_text/* oneLine */.TN)(one.finding.host ?? (0,model_result/* siteLabel */.Ku)(one.site)), 300));
    const which = (of) => (names.length === 1 ? names[0] : of(hostsText(names.length)));
    const hosts = (of) => names.length === 1 ? '' : `${of({ en: 'Hosts: ', zh: '\u57df\u540d\uff1a' })}${(0,util_text/* list */.p_)(names, 10)}`;
    const both = (make) => ({
        en: make(({ en }) => en),
        zh: make(({ zh }) => zh),
    });
    const lines = (of) => [
        (0,util_text/* clip */.$Q)((0,util_text/* oneLine */.TN)(of(tracedDetail(finding))), maxText),
        hosts(of),
        adviceOf(finding, voice),
        `${of({ en: 'Site: ', zh: '\u7ad9\u70b9\uff1a' })}${(0,model_result/* siteLabel */.Ku)(site)}`,
    ]
        .map(util_text/* oneLine */.TN)
        .filter((line) => line !== '')
        .join('\n');
    return {
        level: criteria.failOn.includes(kind) ? 'error' : 'warning',
        title: {
            en: `${kind}: ${which(({ en }) => en)}`,
            zh: `${kind}\uff08${kindWords[kind].zh}\uff09\uff1a${which(({ zh }) => zh)}`,
        },
        message: both(lines),
    };
};
const problemAnnotations = (problem, voice) => {
    const { code, requestId, findings } = problem;
    const { words, texts, said } = voice;
    const row = texts(problem);
    const title = (0,util_language/* inBoth */.ZQ)(`EdgeOne certificate audit: ${code}`);
    const lines = [
        ...(0,annotations/* happened */.Y5)(problem, voice),
        ...(row === undefined ? [] : [words.labelled(words.cause, row.meaning), words.labelled(words.whatToDo, row.fix)]),
        ...(requestId === undefined ? [] : [words.labelled(words.requestId, requestId)]),
    ];
    const message = lines
        .map(util_text/* oneLine */.TN)
        .filter((line) => line !== '')
        .join('\n');
    const atPlaces = (0,annotations/* placesIn */.yN)(findings).shown.map((finding) => {
        const { at, ...found } = finding;
        return { level: 'error', title, message: (0,util_language/* inBoth */.ZQ)((0,util_text/* oneLine */.TN)(said((0,model_problem/* findingText */.NK)(found)))), at };
    });
    return [{ level: 'error', title, message: (0,util_language/* inBoth */.ZQ)(message) }, ...atPlaces];
};

// EXTERNAL MODULE: ./lib/report/outputs.js + 1 modules
var outputs = __webpack_require__(2124);
;// CONCATENATED MODULE: ./lib/report/audit-document.js


const auditDocumentOf = (result) => {
    const { problem, sites, criteria, calls, warnings, at } = result;
    return JSON.stringify({
        ok: isOk(result),
        at: (0,outputs/* iso */.KH)(at),
        ...criteria,
        findingCount: findingsOf(result).length,
        hostCount: auditedHosts(result).length,
        siteCount: sites.length,
        earliestExpiry: (0,outputs/* iso */.KH)(earliestEnd(result)),
        error: problem && errorOf(problem),
        sites: sites.map((site) => ({ toJSON: () => siteOf(site) })),
        calls: calls.map(({ action, outcome, requestId, site }) => ({ action, outcome, requestId, zoneId: site })),
        warnings: warnings.map(({ en }) => en),
    });
};
const errorOf = ({ code, message, requestId, row, findings }) => ({
    ...{ code, message, requestId, meaning: row?.meaning, fix: row?.fix },
    findings: findings.length === 0
        ? undefined
        : findings.map(({ input, seen, expected }) => ({ input, seen: seen.en, expected: expected.en })),
});
const siteOf = ({ account, zone, site, hosts, skipped, findings, problem }) => ({
    ...{ account, zoneId: zone.id, zoneName: zone.name, site },
    findings: findings.map(findingOf),
    hosts: hosts.map(hostOf),
    skipped,
    error: problem && { code: problem.code, message: problem.message, requestId: problem.requestId },
});
const hostOf = ({ host, status, mode, certificates, served, findings }) => ({
    ...{ host, status, mode },
    certificates: certificates.map(certificateOf),
    served: served.map(leafOf),
    findings: findings.map(findingOf),
});
const certificateOf = ({ id, alias, type, algorithm, names, notAfter, status }) => ({
    ...{ id, alias, type, algorithm, names, status },
    notAfter: (0,outputs/* iso */.KH)(notAfter),
});
const leafOf = ({ address, algorithm, sha256, names, notAfter, distrust }) => ({
    ...{ address, algorithm, sha256, names },
    notAfter: (0,outputs/* iso */.KH)(notAfter),
    distrust: distrust?.en,
});
const findingOf = (finding) => ({
    finding: finding.kind,
    certificates: finding.certificates,
    notAfter: (0,outputs/* iso */.KH)(finding.notAfter),
    detail: tracedDetail(finding).en,
    advice: finding.advice.en,
});

// EXTERNAL MODULE: ./lib/report/heading.js
var heading = __webpack_require__(6584);
;// CONCATENATED MODULE: ./lib/report/audit-heading.js





const auditHeading = (result, voice) => {
    const { problem } = result;
    if ((0,model_problem/* hasCode */.up)(problem, 'Run.Cancelled'))
        return `## \u23f9\ufe0f ${voice.said({ en: 'Audit cancelled', zh: '\u5de1\u68c0\u5df2\u53d6\u6d88' })}`;
    if (problem !== undefined) {
        const why = (0,heading/* whyNotBegun */.$C)(problem, voice);
        return `## \u274c ${voice.said({ en: `Audit failed: ${why}`, zh: `\u5de1\u68c0\u5931\u8d25\uff1a${why}` })}`;
    }
    const icon = findingsOf(result).length === 0 ? '\u2705' : failingOf(result).length > 0 ? '\u274c' : '\u26a0\ufe0f';
    return `## ${icon} ${auditTitle(result, voice.said)}`;
};
const failingOf = (result) => findingsOf(result).filter(({ finding }) => result.criteria.failOn.includes(finding.kind));
const auditTitle = (result, say) => {
    const [found, failing] = [findingsOf(result), failingOf(result)];
    if (found.length === 0)
        return fine(result, say);
    return needs(result, failing.length > 0 ? failing : found, say);
};
const needs = (result, found, say) => {
    const hosts = auditedHosts(result).length;
    const affected = new Set(found.flatMap(({ site, finding }) => (finding.host ? `${site.zone.id} ${finding.host}` : [])));
    const affectedSites = new Set(found.map(({ site }) => site)).size;
    const [n, all] = affected.size > 0
        ? [
            affected.size,
            {
                en: `${affected.size} of ${say(hostsText(hosts))}`,
                zh: `${say(hostsText(hosts))}\u4e2d\u6709 ${affected.size} \u4e2a`,
            },
        ]
        : [
            affectedSites,
            {
                en: `${affectedSites} of ${say(sitesText(result.sites.length))}`,
                zh: `${say(sitesText(result.sites.length))}\u4e2d\u6709 ${affectedSites} \u4e2a`,
            },
        ];
    return say({ en: `${all.en} need${n === 1 ? 's' : ''} attention`, zh: `${all.zh}\u9700\u8981\u5904\u7406` });
};
const fine = (result, say) => {
    const hosts = auditedHosts(result).length;
    if (hosts === 0)
        return say({ en: 'No host to look at', zh: '\u6ca1\u6709\u9700\u8981\u5de1\u68c0\u7684\u57df\u540d' });
    const end = earliestEnd(result);
    const all = say(hostsText(hosts));
    if (end === undefined)
        return say({ en: `${all}, nothing found`, zh: `${all}\u5747\u6b63\u5e38` });
    const left = say(daysText(end, result.at));
    return say({ en: `${all}, first certificate expires ${left}`, zh: `${all}\u5747\u6b63\u5e38\uff0c\u6700\u65e9\u7684\u8bc1\u4e66 ${left}\u5230\u671f` });
};
const countsLine = (result, say) => {
    const found = findingsOf(result);
    const hosts = say(hostsText(auditedHosts(result).length));
    const sites = say(sitesText(result.sites.length));
    const skipped = result.sites.reduce((sum, site) => sum + site.skipped.length, 0);
    const end = earliestEnd(result);
    const kinds = findingKinds.flatMap((kind) => {
        const n = found.filter(({ finding }) => finding.kind === kind).length;
        return n === 0 ? [] : [say(kindCount(n, kind))];
    });
    const parts = [
        say({ en: `${hosts} of ${sites}`, zh: `${sites}\uff0c${hosts}` }),
        ...kinds,
        ...(skipped === 0 ? [] : [say({ en: `${skipped} skipped`, zh: `\u8df3\u8fc7 ${skipped} \u4e2a` })]),
        ...(end === undefined ? [] : [say({ en: `first expiry ${(0,util_text/* day */.vd)(end)}`, zh: `\u6700\u65e9\u5230\u671f ${(0,util_text/* day */.vd)(end)}` })]),
    ];
    return parts.join(' \u00b7 ');
};

// EXTERNAL MODULE: ./lib/model/site.js
var model_site = __webpack_require__(1774);
// EXTERNAL MODULE: ./lib/report/timeline.js
var timeline = __webpack_require__(1451);
;// CONCATENATED MODULE: ./lib/report/audit-timeline.js





const maxBars = 8;
const audit_timeline_dayMs = 86_400_000;
const [maxBack, maxAhead] = [60, 400];
const auditTimeline = (result) => {
    const { language, criteria, at } = result;
    const say = (text) => (0,util_language/* textIn */.r7)(language, text);
    const all = endings(result).filter(({ end }) => end < at + maxAhead * audit_timeline_dayMs);
    const soon = at + criteria.expiresWithinDays * audit_timeline_dayMs;
    const sections = [
        [{ en: 'Expired', zh: '\u5df2\u8fc7\u671f' }, all.filter(({ end }) => end <= at)],
        [
            { en: `Within ${criteria.expiresWithinDays} days`, zh: `${criteria.expiresWithinDays} \u5929\u5185\u5230\u671f` },
            all.filter(({ end }) => end > at && end < soon),
        ],
        [{ en: 'Later', zh: '\u66f4\u665a\u5230\u671f' }, all.filter(({ end }) => end > at && end >= soon)],
    ];
    const shown = sections.flatMap(([, some]) => some.slice(0, maxBars));
    if (shown.length === 0)
        return '';
    const first = Math.min(at, ...shown.map(({ end }) => Math.max(end, at - maxBack * audit_timeline_dayMs)));
    const last = Math.max(at, ...shown.map(({ end }) => end));
    return [
        say({ en: 'When the certificates expire; the red line is today:', zh: '\u8bc1\u4e66\u5230\u671f\u65f6\u95f4\uff08\u7ea2\u7ebf\u4e3a\u4eca\u5929\uff09\uff1a' }),
        '',
        '```mermaid',
        'gantt',
        '  dateFormat YYYY-MM-DD',
        ...(0,timeline/* axis */.yo)((last - first) / timeline/* week */.HH),
        ...sections.flatMap(([title, some]) => some.length === 0 ? [] : [`  section ${say(title)}`, ...some.slice(0, maxBars).map((one) => bar(one, say, at))]),
        '```',
    ].join('\n');
};
const endings = (result) => {
    const byId = new Map();
    for (const certificate of auditedHosts(result).flatMap(({ certificates }) => certificates)) {
        const { id, notAfter } = certificate;
        if (notAfter === undefined || !/^[\w-]{1,64}$/.test(id))
            continue;
        const known = byId.get(id) ?? { certificate, end: notAfter, hosts: 0 };
        known.hosts += 1;
        byId.set(id, known);
    }
    return [...byId.values()].toSorted((a, b) => a.end - b.end);
};
const bar = ({ certificate, end, hosts }, say, at) => {
    const label = `${certificate.algorithm ?? 'ID'} ${(0,util_text/* clip */.$Q)(certificate.id, 24)}, ${say(hostsText(hosts)).replaceAll(',', '')}`;
    if (end > at)
        return `  ${label} : ${(0,util_text/* day */.vd)(at)}, ${(0,util_text/* day */.vd)(Math.max(end, at + audit_timeline_dayMs))}`;
    return `  ${label} : crit, ${(0,util_text/* day */.vd)(Math.max(end, at - maxBack * audit_timeline_dayMs))}, ${(0,util_text/* day */.vd)(at)}`;
};

// EXTERNAL MODULE: ./lib/report/parts.js
var parts = __webpack_require__(8984);
// EXTERNAL MODULE: ./lib/report/table.js
var table = __webpack_require__(8330);
;// CONCATENATED MODULE: ./lib/report/audit-summary.js











const bytes = { findings: 384, sites: 64, fine: 192, skipped: 48, warnings: 48, calls: 128 };
const kib = 1024;
const audit_summary_maxText = 1000;
const auditSummaryOf = (result, voice) => `${(0,table/* joined */.oR)([...partsOf(result, voice, tracedDetail), callList(result, voice), links(result, voice.said)])}\n`;
const auditCommentOf = (result, voice) => `${(0,table/* joined */.oR)([...partsOf(result, voice, ({ detail }) => detail), links(result, voice.said)])}\n`;
const partsOf = (result, voice, detailOf) => {
    const say = voice.said;
    const found = findingsOf(result);
    return [
        auditHeading(result, voice),
        result.sites.length === 0 ? '' : countsLine(result, say),
        auditProblem(result, voice),
        findings(result, found, voice),
        advice(found, voice, detailOf),
        auditTimeline(result),
        siteTable(result, voice),
        fineHosts(result, voice),
        skippedHosts(result, voice),
        (0,parts/* warningBox */.e)(result.warnings, voice, { max: audit_summary_maxText, bytes: bytes.warnings * kib }),
    ];
};
const ids = (all) => all.length === 0
    ? '\u2013'
    : all
        .slice(0, 3)
        .map((id) => (0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(id, 80)))
        .join(', ');
const endText = (end, at, say) => {
    if (end === undefined)
        return '\u2013';
    const [left, date] = [say(daysText(end, at)), (0,util_text/* day */.vd)(end)];
    return say({ en: `${(0,table/* inCell */.CH)(left)} ${(0,table/* inCell */.CH)(`(${date})`)}`, zh: `${(0,table/* inCell */.CH)(left)}${(0,table/* inCell */.CH)(`\uff08${date}\uff09`)}` });
};
const findings = ({ criteria, at }, found, { said: say, words: { more } }) => {
    if (found.length === 0)
        return '';
    const row = ({ site, finding }) => {
        const { kind, host, notAfter, certificates } = finding;
        const what = `${criteria.failOn.includes(kind) ? '\u274c' : '\u26a0\ufe0f'}&nbsp;${(0,table/* inCell */.CH)(say(kindWords[kind]))}`;
        const which = (0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(host ?? (0,model_result/* siteLabel */.Ku)(site), 300));
        const known = [endText(notAfter, at, say), ids(certificates)].filter((part) => part !== '\u2013');
        return [`${what}<br>${which}`, known.join('<br>') || '\u2013'];
    };
    const head = [words.findingAndHost, words.endAndCertificate].map(say);
    return (0,table/* table */.tp)(head, found, row, bytes.findings * kib, more);
};
const [maxAdvices, maxDetails] = [12, 10];
const advice = (found, voice, detailOf) => {
    const say = voice.said;
    const byText = Map.groupBy(found, ({ finding }) => adviceOf(finding, voice));
    const lines = [...byText].slice(0, maxAdvices).flatMap(([text, some]) => {
        const kinds = findingKinds.filter((kind) => some.some(({ finding }) => finding.kind === kind));
        const names = say({
            en: kinds.map((kind) => kindWords[kind].en).join(', '),
            zh: kinds.map((kind) => kindWords[kind].zh).join('\u3001'),
        });
        const seen = some.filter(({ finding: { kind } }) => kind !== 'expired' && kind !== 'expiring');
        const rest = seen.length > maxDetails ? [`  - ${voice.words.more(seen.length - maxDetails)}`] : [];
        return [
            say({ en: `- **${names}**: ${text}`, zh: `- **${names}**\uff1a${text}` }),
            ...seen.slice(0, maxDetails).map((one) => seenLine(one, detailOf, say)),
            ...rest,
        ];
    });
    return lines.length === 0 ? '' : `**${say(words.toDo)}**\n\n${lines.join('\n')}`;
};
const seenLine = ({ site, finding }, detailOf, say) => {
    const [which, seen] = [(0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(finding.host ?? (0,model_result/* siteLabel */.Ku)(site), 300)), (0,util_text/* prose */.CS)((0,util_text/* clip */.$Q)(say(detailOf(finding)), audit_summary_maxText))];
    return say({ en: `  - ${which}: ${seen}`, zh: `  - ${which}\uff1a${seen}` });
};
const siteTable = (result, { said: say, words: { more } }) => {
    const { sites, at } = result;
    if (sites.length < 2)
        return '';
    const row = (site) => [
        (0,util_text/* code */.aY)((0,util_text/* clip */.$Q)((0,model_result/* siteLabel */.Ku)(site), 300)),
        site.problem === undefined ? String(site.hosts.length) : '\u2013',
        String(site.findings.length + site.hosts.reduce((sum, { findings }) => sum + findings.length, 0)),
        endText(earliestEnd({ sites: [site] }), at, say),
    ];
    const head = [words.site, words.hosts, words.findings, words.ends].map(say);
    return (0,table/* folded */.TM)((0,util_text/* html */.qy)(say(sitesText(sites.length))), (0,table/* table */.tp)(head, sites, row, bytes.sites * kib, more));
};
const endOf = ({ certificates }) => (0,certificate/* earliest */.Qd)(certificates.flatMap(({ notAfter }) => notAfter ?? []));
const fineHosts = (result, { said: say, words: { more } }) => {
    const fine = auditedHosts(result)
        .filter(({ findings }) => findings.length === 0)
        .toSorted((a, b) => endOf(a) - endOf(b) || 0);
    if (fine.length === 0)
        return '';
    const row = (host) => {
        const end = endOf(host);
        return [
            (0,util_text/* code */.aY)(host.host),
            endText(end === Infinity ? undefined : end, result.at, say),
            ids(host.certificates.map(({ id }) => id)),
        ];
    };
    const n = say(hostsText(fine.length));
    const title = say({ en: `\u2705 ${n} without findings`, zh: `\u2705 ${n}\u65e0\u95ee\u9898` });
    const head = [words.host, words.ends, words.certificate].map(say);
    return (0,table/* folded */.TM)((0,util_text/* html */.qy)(title), (0,table/* table */.tp)(head, fine, row, bytes.fine * kib, more));
};
const skippedHosts = ({ sites }, { said: say, words: { more } }) => {
    const skipped = sites.flatMap((site) => site.skipped);
    if (skipped.length === 0)
        return '';
    const n = say(hostsText(skipped.length));
    const title = say({ en: `${n} skipped: not online`, zh: `\u5df2\u8df3\u8fc7 ${n}\uff1a\u672a\u542f\u7528` });
    const row = ({ host, status }) => [(0,util_text/* code */.aY)(host), (0,util_text/* code */.aY)((0,util_text/* clip */.$Q)(status, 80))];
    const body = (0,table/* table */.tp)([words.host, words.status].map(say), skipped, row, bytes.skipped * kib, more);
    return (0,table/* folded */.TM)((0,util_text/* html */.qy)(title), body);
};
const callList = ({ calls }, { said: say, words: common }) => {
    if (calls.length === 0)
        return '';
    const title = say({ en: `API calls (${calls.length})`, zh: `API \u8c03\u7528\uff08${calls.length}\uff09` });
    return (0,table/* folded */.TM)((0,util_text/* html */.qy)(title), (0,parts/* callTable */.B)(calls, common, bytes.calls * kib));
};
const links = ({ sites, shard }, say) => {
    const consoles = [...new Set(sites.map(({ site }) => site))].map((site) => {
        const { origin } = new URL(model_site/* sites */.f[site].zonePage(''));
        return `[${say(words.edgeone)}](${origin}/edgeone/zones) \u00b7 [${say(words.ssl)}](${origin}/ssl)`;
    });
    const names = [...new Set(sites.map(({ account = '\u2013' }) => account))];
    const share = shard === undefined ? [] : [`${(0,util_text/* code */.aY)(shard)}: ${(0,util_text/* prose */.CS)((0,util_text/* list */.p_)(names, 50))}`];
    return [...consoles, ...share].join(' \u00b7 ');
};

;// CONCATENATED MODULE: ./lib/report/audit-issue.js



const issueOf = (result, voice) => {
    if (result.problem !== undefined)
        return undefined;
    const isOpen = findingsOf(result).length > 0;
    return () => ({
        title: isOpen ? `EdgeOne: ${auditTitle(result, voice.said)}` : undefined,
        markdown: auditCommentOf({ ...result, warnings: [] }, voice),
    });
};

;// CONCATENATED MODULE: ./lib/report/audit-last-line.js


const auditLastLine = (result, ms) => {
    const found = findingsOf(result);
    const kinds = findingKinds.flatMap((kind) => {
        const n = found.filter(({ finding }) => finding.kind === kind).length;
        return n === 0 ? [] : [`${n} ${kind}`];
    });
    const parts = [
        `${(0,util_text/* count */.U9)(auditedHosts(result).length, 'host')} of ${(0,util_text/* count */.U9)(result.sites.length, 'site')}`,
        kinds.length === 0 ? 'nothing found' : kinds.join(', '),
        ...(result.problem === undefined ? [] : [result.problem.code]),
    ];
    return `${isOk(result) ? 'Done in' : 'Failed after'} ${(0,util_text/* duration */.p0)(ms)} \u2013 ${parts.join('; ')}.`;
};

;// CONCATENATED MODULE: ./lib/report/audit-outputs.js



const auditOutputNames = (/* unused pure expression or super */ null && ([
    'ok',
    'findings',
    'finding-count',
    'host-count',
    'site-count',
    'earliest-expiry',
    'result-path',
]));
const maxFindings = 200;
const audit_outputs_maxText = 1000;
const auditOutputsOf = (result) => {
    const all = findingsOf(result);
    return {
        ok: String(isOk(result)),
        findings: JSON.stringify(all.slice(0, maxFindings).map(audit_outputs_findingOf)),
        'finding-count': String(all.length),
        'host-count': String(auditedHosts(result).length),
        'site-count': String(result.sites.length),
        'earliest-expiry': (0,outputs/* iso */.KH)(earliestEnd(result)) ?? '',
    };
};
const shown = (text) => (0,util_text/* clip */.$Q)((0,util_text/* oneLine */.TN)(text), audit_outputs_maxText);
const audit_outputs_findingOf = ({ site, finding }) => ({
    site: shown(siteKey(site)),
    host: finding.host === undefined ? null : shown(finding.host),
    finding: finding.kind,
    certificate: finding.certificates.length === 0 ? null : shown(finding.certificates.join(',')),
    'not-after': (0,outputs/* iso */.KH)(finding.notAfter) ?? null,
    detail: shown(tracedDetail(finding).en),
});

// EXTERNAL MODULE: ./lib/report/voice.js + 1 modules
var report_voice = __webpack_require__(8664);
// EXTERNAL MODULE: ./lib/discover/select.js
var discover_select = __webpack_require__(8127);
// EXTERNAL MODULE: ./lib/model/compare.js
var compare = __webpack_require__(9414);
// EXTERNAL MODULE: ./lib/model/ports.js
var ports = __webpack_require__(3041);
// EXTERNAL MODULE: ./lib/tencent/hosts.js
var tencent_hosts = __webpack_require__(1526);
// EXTERNAL MODULE: ./lib/util/concurrency.js
var concurrency = __webpack_require__(4467);
// EXTERNAL MODULE: ./lib/model/same-time.js
var same_time = __webpack_require__(2945);
// EXTERNAL MODULE: ./lib/util/lists.js
var lists = __webpack_require__(9101);
;// CONCATENATED MODULE: ./lib/audit/words.js




const maxNames = 3;
const words_dayMs = 86_400_000;
const freeRenewalDays = 15;
const daysUntil = (time, now) => Math.floor((time - now) / words_dayMs);
const days = (n) => ({ en: `${n} day${n === 1 ? '' : 's'}`, zh: `${n} \u5929` });
const idsText = (all) => (0,util_text/* list */.p_)(all, maxNames, ({ id }) => id);
const words_endOf = (all) => (0,certificate/* earliest */.Qd)(all.flatMap(({ notAfter }) => notAfter ?? []));
const findingAbout = (kind, host, certificates, about) => {
    const end = words_endOf(certificates);
    const notAfter = end === Infinity ? {} : { notAfter: end };
    return { kind, host, certificates: certificates.map(({ id }) => id), ...notAfter, ...about };
};
const renew = {
    en: 'Renew the certificate and deploy the new one to the host.',
    zh: '\u8bf7\u7eed\u671f\u8bc1\u4e66\uff0c\u5e76\u5c06\u65b0\u8bc1\u4e66\u90e8\u7f72\u5230\u8be5\u57df\u540d\u3002',
};
const renewFree = {
    en: 'Check that the DNS of the host points to EdgeOne, then apply for the free certificate again, or deploy a certificate of your own.',
    zh: '\u8bf7\u786e\u8ba4\u8be5\u57df\u540d\u7684 DNS \u89e3\u6790\u5df2\u6307\u5411 EdgeOne\uff0c\u7136\u540e\u91cd\u65b0\u7533\u8bf7\u514d\u8d39\u8bc1\u4e66\uff0c\u6216\u90e8\u7f72\u81ea\u6709\u8bc1\u4e66\u3002',
};
const isFree = (all) => all.every((one) => one.isFree);
const adviceFor = (all) => (isFree(all) ? renewFree : renew);
const expired = (all, now) => {
    const end = words_endOf(all);
    const ago = days(daysUntil(now, end));
    const free = isFree(all)
        ? { en: ' EdgeOne did not renew this free certificate.', zh: ' EdgeOne \u672a\u80fd\u7eed\u671f\u6b64\u514d\u8d39\u8bc1\u4e66\u3002' }
        : nothing;
    return {
        detail: {
            en: `Certificate ${idsText(all)} expired on ${(0,util_text/* day */.vd)(end)}, ${ago.en} ago.${free.en}`,
            zh: `\u8bc1\u4e66 ${idsText(all)} \u5df2\u4e8e ${(0,util_text/* day */.vd)(end)} \u8fc7\u671f\uff08${ago.zh}\u524d\uff09\u3002${free.zh}`,
        },
        advice: adviceFor(all),
    };
};
const expiring = (all, now) => {
    const end = words_endOf(all);
    const left = days(daysUntil(end, now));
    const free = isFree(all)
        ? {
            en: ` EdgeOne should have renewed this free certificate ${freeRenewalDays} days before its end.`,
            zh: ` EdgeOne \u5e94\u5728\u5230\u671f\u524d ${freeRenewalDays} \u5929\u81ea\u52a8\u7eed\u671f\u6b64\u514d\u8d39\u8bc1\u4e66\uff0c\u4f46\u5c1a\u672a\u7eed\u671f\u3002`,
        }
        : nothing;
    return {
        detail: {
            en: `Certificate ${idsText(all)} expires on ${(0,util_text/* day */.vd)(end)}, in ${left.en}.${free.en}`,
            zh: `\u8bc1\u4e66 ${idsText(all)} \u5c06\u4e8e ${(0,util_text/* day */.vd)(end)} \u5230\u671f\uff0c\u5269\u4f59 ${left.zh}\u3002${free.zh}`,
        },
        advice: adviceFor(all),
    };
};
const nothing = { en: '', zh: '' };
const noCertificate = (why) => ({
    detail: {
        off: { en: 'HTTPS is off: the mode is disable.', zh: 'HTTPS \u672a\u542f\u7528\uff1a\u8bc1\u4e66\u914d\u7f6e\u4e3a disable\uff08\u4e0d\u914d\u7f6e\uff09\u3002' },
        none: { en: 'The host has no certificate.', zh: '\u8be5\u57df\u540d\u672a\u914d\u7f6e\u8bc1\u4e66\u3002' },
        applying: {
            en: 'EdgeOne is still applying for a free certificate; the host has none yet.',
            zh: 'EdgeOne \u6b63\u5728\u7533\u8bf7\u514d\u8d39\u8bc1\u4e66\uff0c\u8be5\u57df\u540d\u76ee\u524d\u6ca1\u6709\u8bc1\u4e66\u3002',
        },
    }[why],
    advice: why === 'applying'
        ? renewFree
        : {
            en: 'Deploy a certificate to the host, or leave the host out with a pattern in `hosts` if it is meant to have none.',
            zh: '\u8bf7\u4e3a\u8be5\u57df\u540d\u90e8\u7f72\u8bc1\u4e66\uff1b\u5982\u679c\u786e\u5b9e\u4e0d\u9700\u8981 HTTPS\uff0c\u8bf7\u5728 `hosts` \u4e2d\u7528 `!` \u6392\u9664\u8be5\u57df\u540d\u3002',
        },
});
const notCovered = (host, all, names = all.flatMap((one) => one.names ?? [])) => {
    const covered = (0,util_text/* listed */.KE)([...new Set(names)], maxNames);
    return {
        detail: {
            en: `Certificate ${idsText(all)} is not valid for ${host}; it covers ${covered.en}.`,
            zh: `\u8bc1\u4e66 ${idsText(all)} \u4e0d\u5305\u542b ${host}\uff0c\u5176\u7ed1\u5b9a\u7684\u57df\u540d\u4e3a ${covered.zh}\u3002`,
        },
        advice: {
            en: 'Deploy a certificate that covers the host.',
            zh: '\u8bf7\u90e8\u7f72\u5305\u542b\u8be5\u57df\u540d\u7684\u8bc1\u4e66\u3002',
        },
    };
};
const words_failures = {
    failed: { en: 'the application for it failed', zh: '\u8bc1\u4e66\u7533\u8bf7\u5931\u8d25' },
    issued: { en: 'it could not be bound to the host', zh: '\u8bc1\u4e66\u7ed1\u5b9a\u5931\u8d25' },
};
const deployFailed = (all) => {
    const [status = ''] = all.map((one) => one.status ?? '');
    const why = words_failures[status] ?? nothing;
    return {
        detail: {
            en: `EdgeOne did not deploy certificate ${idsText(all)}: ${why.en} (status ${status}).`,
            zh: `EdgeOne \u672a\u80fd\u90e8\u7f72\u8bc1\u4e66 ${idsText(all)}\uff1a${why.zh}\uff08\u72b6\u6001 ${status}\uff09\u3002`,
        },
        advice: isFree(all)
            ? renewFree
            : { en: 'Deploy the certificate to the host again.', zh: '\u8bf7\u91cd\u65b0\u5c06\u8bc1\u4e66\u90e8\u7f72\u5230\u8be5\u57df\u540d\u3002' },
    };
};
const notTrusted = (distrust) => ({
    detail: {
        en: `This runner does not trust the certificate that is served: ${distrust.en}.`,
        zh: `\u6b64 runner \u4e0d\u4fe1\u4efb\u8be5\u57df\u540d\u5b9e\u9645\u8fd4\u56de\u7684\u8bc1\u4e66\uff1a${distrust.zh}\u3002`,
    },
    advice: {
        en: 'Upload the certificate again with its complete chain, and deploy it. If its authority is internal, give its root to the step in NODE_EXTRA_CA_CERTS.',
        zh: '\u8bf7\u91cd\u65b0\u4e0a\u4f20\u5e26\u5b8c\u6574\u8bc1\u4e66\u94fe\u7684\u8bc1\u4e66\u5e76\u90e8\u7f72\u3002\u5982\u679c\u8bc1\u4e66\u7531\u5185\u90e8 CA \u7b7e\u53d1\uff0c\u8bf7\u901a\u8fc7 NODE_EXTRA_CA_CERTS \u63d0\u4f9b\u5176\u6839\u8bc1\u4e66\u3002',
    },
});
const elsewhere = {
    detail: {
        en: ' EdgeOne itself serves the right one, so the DNS of the host points elsewhere.',
        zh: ' EdgeOne \u8282\u70b9\u8fd4\u56de\u7684\u8bc1\u4e66\u6b63\u786e\uff0c\u8bf4\u660e\u8be5\u57df\u540d\u7684 DNS \u672a\u89e3\u6790\u5230 EdgeOne\u3002',
    },
    advice: {
        en: 'Point the DNS of the host to EdgeOne. If it is to be switched later, set `connect-to: cname`.',
        zh: '\u8bf7\u5c06\u8be5\u57df\u540d\u7684 DNS \u89e3\u6790\u6307\u5411 EdgeOne\uff1b\u5982\u679c\u7a0d\u540e\u624d\u5207\u6362\u89e3\u6790\uff0c\u8bf7\u8bbe\u7f6e `connect-to: cname`\u3002',
    },
};
const stale = {
    en: 'Run the audit again after some minutes. If nothing has changed, deploy the certificate again, or open a ticket with Tencent Cloud.',
    zh: '\u8bf7\u51e0\u5206\u949f\u540e\u91cd\u65b0\u5de1\u68c0\uff1b\u5982\u679c\u4ecd\u672a\u6062\u590d\uff0c\u8bf7\u91cd\u65b0\u90e8\u7f72\u8bc1\u4e66\uff0c\u6216\u63d0\u4ea4\u817e\u8baf\u4e91\u5de5\u5355\u3002',
};
const notServed = (seen, { atEdge }) => ({
    detail: atEdge ? { en: seen.en + elsewhere.detail.en, zh: seen.zh + elsewhere.detail.zh } : seen,
    advice: atEdge ? elsewhere.advice : stale,
});
const anotherLeaf = (address, leaf, now) => {
    const names = (0,util_text/* listed */.KE)(leaf.names, maxNames);
    const kind = leaf.algorithm ?? '';
    const isOver = leaf.notAfter <= now;
    return {
        en: `${address ?? 'It'} serves another certificate than EdgeOne says: ${names.en || 'no names'}, ${kind && `${kind}, `}${isOver ? 'expired on' : 'until'} ${(0,util_text/* day */.vd)(leaf.notAfter)}.`,
        zh: `${address === undefined ? '' : `${address} `}\u8fd4\u56de\u7684\u8bc1\u4e66\u4e0e EdgeOne \u914d\u7f6e\u7684\u4e0d\u540c\uff1a${names.zh || '\u65e0\u57df\u540d'}\uff0c${kind && `${kind}\uff0c`}${isOver ? '\u5df2\u8fc7\u671f\uff1a' : '\u6709\u6548\u671f\u81f3 '}${(0,util_text/* day */.vd)(leaf.notAfter)}\u3002`,
    };
};
const noHandshake = ({ text }) => ({
    en: `The TLS handshake failed: ${text.en}.`,
    zh: `TLS \u63e1\u624b\u5931\u8d25\uff1a\u201c${text.zh}\u201d\u3002`,
});
const unreachable = (problem, { atEdge }) => {
    const why = problem?.text ?? { en: 'EdgeOne returned no CNAME for it', zh: 'EdgeOne \u672a\u8fd4\u56de\u5176 CNAME' };
    return {
        detail: {
            en: `What the host serves could not be seen: ${why.en}.${atEdge ? elsewhere.detail.en : ''}`,
            zh: `\u65e0\u6cd5\u67e5\u770b\u8be5\u57df\u540d\u5b9e\u9645\u8fd4\u56de\u7684\u8bc1\u4e66\uff1a\u201c${why.zh}\u201d\u3002${atEdge ? elsewhere.detail.zh : ''}`,
        },
        advice: atEdge
            ? elsewhere.advice
            : {
                en: 'Check the DNS of the host and the network of the runner, leave the host out with a pattern in `hosts`, or set `connect-to`.',
                zh: '\u8bf7\u68c0\u67e5\u8be5\u57df\u540d\u7684 DNS \u89e3\u6790\u548c runner \u7684\u7f51\u7edc\uff1b\u4e5f\u53ef\u4ee5\u5728 `hosts` \u4e2d\u7528 `!` \u6392\u9664\u8be5\u57df\u540d\uff0c\u6216\u8bbe\u7f6e `connect-to`\u3002',
            },
    };
};
const unreadable = (problem) => {
    const { row } = problem;
    const fault = (0,model_problem/* faultText */.Ij)(problem);
    return {
        detail: {
            en: `The site could not be read: ${fault.en}`,
            zh: `\u65e0\u6cd5\u8bfb\u53d6\u8be5\u7ad9\u70b9\uff1a${fault.zh}`,
        },
        advice: row === undefined ? again : (0,util_language/* inBoth */.ZQ)(row.fix),
        problem,
    };
};
const again = { en: 'Run the audit again.', zh: '\u8bf7\u91cd\u65b0\u5de1\u68c0\u3002' };
const notLookedAt = (hosts, all, problem) => {
    const isLate = (0,model_problem/* hasCode */.up)(problem, 'Network.Deadline');
    const why = isLate ? { en: 'the deadline passed', zh: '\u5df2\u5230\u622a\u6b62\u65f6\u95f4' } : (0,util_language/* mapped */.CV)(problem.text, (text) => text);
    return {
        detail: {
            en: `${hosts.length} of ${all} hosts were not looked at, because ${why.en}: ${(0,util_text/* list */.p_)(hosts, 10)}.`,
            zh: `${all} \u4e2a\u57df\u540d\u4e2d\u6709 ${hosts.length} \u4e2a\u672a\u67e5\u770b\u5b9e\u9645\u8fd4\u56de\u7684\u8bc1\u4e66\uff08${why.zh}\uff09\uff1a${(0,util_text/* listZh */.$I)(hosts, 10)}\u3002`,
        },
        advice: isLate
            ? { en: 'Increase `wait-minutes`, or narrow `hosts`.', zh: '\u8bf7\u589e\u5927 `wait-minutes`\uff0c\u6216\u7528 `hosts` \u7f29\u5c0f\u8303\u56f4\u3002' }
            : again,
    };
};

;// CONCATENATED MODULE: ./lib/audit/judge.js




const findingsOfHost = (known, criteria, now) => {
    const { host, certificates } = known;
    const why = withoutCertificate(known);
    if (why !== undefined)
        return [findingAbout('no-certificate', host.name, [], noCertificate(why))];
    const over = certificates.filter(({ notAfter = Infinity }) => notAfter <= now);
    const due = certificates.filter((one) => !over.includes(one) && isDue(one, criteria, now));
    const failed = certificates.filter((one) => hasFailed(one) && host.status !== 'process');
    const strange = certificates.filter(({ names }) => names !== undefined && !(0,certificate/* covers */.hU)(names, host.name));
    const about = [
        over.length > 0 ? findingAbout('expired', host.name, over, expired(over, now)) : [],
        due.length > 0 ? findingAbout('expiring', host.name, due, expiring(due, now)) : [],
        failed.length > 0 ? findingAbout('deploy-failed', host.name, failed, deployFailed(failed)) : [],
        strange.length > 0 ? findingAbout('not-covered', host.name, strange, notCovered(host.name, strange)) : [],
    ].flat();
    const isUnsettled = failed.length > 0 || isDeploying(known);
    return [...about, ...findingsOfLook(known, { isUnsettled, isStrange: strange.length > 0 }, now)];
};
const hasFailed = ({ status = '' }) => (0,lists/* isOneOf */.EK)(status, 'failed', 'issued');
const isDeploying = ({ host, certificates }) => host.status === 'process' || certificates.some(({ status = '' }) => (0,lists/* isOneOf */.EK)(status, 'processing', 'applying'));
const withoutCertificate = ({ host, certificates }) => {
    if (host.mode === 'disable')
        return 'off';
    const isAwaited = certificates.every(({ status, notAfter }) => status === 'applying' && notAfter === undefined);
    if (!isAwaited)
        return undefined;
    return certificates.length > 0 || host.mode?.startsWith('eofreecert') === true ? 'applying' : 'none';
};
const isDue = ({ notAfter = Infinity, isFree }, criteria, now) => {
    const { expiresWithinDays } = criteria;
    const within = isFree ? Math.min(expiresWithinDays, freeRenewalDays - 1) : expiresWithinDays;
    return notAfter - now < within * words_dayMs;
};
const findingsOfLook = (known, { isUnsettled, isStrange }, now) => {
    const { host, certificates, looked } = known;
    if (looked === undefined)
        return [];
    const { fault, distrust, atEdge } = looked;
    if (fault === undefined) {
        if (distrust === undefined || isExpiryAlone(looked, now))
            return [];
        return [findingAbout('not-trusted', host.name, certificates, notTrusted(distrust))];
    }
    const { wrong, served, problem, address } = fault;
    if (wrong === 'unreachable') {
        return [findingAbout('unreadable', host.name, [], unreachable(problem, { atEdge }))];
    }
    if (served !== undefined && wrong === 'wrong-name' && isPerhaps(certificates, served)) {
        if (isStrange)
            return [];
        return [findingAbout('not-covered', host.name, certificates, notCovered(host.name, certificates, served.names))];
    }
    if (isUnsettled)
        return [];
    const seen = served !== undefined
        ? anotherLeaf(address === host.name ? undefined : address, served, now)
        : problem && noHandshake(problem);
    return seen === undefined ? [] : [findingAbout('not-served', host.name, certificates, notServed(seen, { atEdge }))];
};
const isPerhaps = (certificates, { notAfter }) => certificates.some((one) => one.notAfter === undefined || (0,same_time/* canBeSameTime */.fG)(one.notAfter, notAfter));
const isExpiryAlone = ({ leaves }, now) => leaves.every(({ distrust, notAfter }) => distrust === undefined || (notAfter <= now && /^[^;]*\(CERT_HAS_EXPIRED\)$/.test(distrust.en)));

// EXTERNAL MODULE: ./lib/discover/look.js
var look = __webpack_require__(8968);
// EXTERNAL MODULE: ./lib/discover/sighting.js
var sighting = __webpack_require__(7324);
;// CONCATENATED MODULE: ./lib/audit/served.js




const targetOf = (host, certificates) => {
    const shown = certificates.filter(({ algorithm }) => algorithm !== 'SM2');
    if (shown.length === 0)
        return undefined;
    const all = shown.map(({ id, algorithm, sslEnd, edgeEnd }) => {
        return { certificate: { id, algorithm, sslEnd, edgeEnd }, isKept: true, rivals: [] };
    });
    const expected = (0,sighting/* requestedOf */.K)(all, { certificate: {}, isKept: true, rivals: [] });
    return { host: host.name, name: (0,sighting/* probeName */.A)(host.name), cname: host.cname, expected };
};
const lookAtHost = async (target, connectTo, context) => {
    const first = await glanceAround(target, connectTo, context);
    const looked = first.fault !== undefined && isPassing(first.fault) ? await glanceAround(target, connectTo, context) : first;
    const edge = (0,look/* edgeOf */.BQ)(target);
    if (looked.fault === undefined || connectTo !== 'dns' || edge === undefined)
        return looked;
    return { ...looked, atEdge: (await (0,look/* lookAt */.t5)(target, edge, context)).isRight };
};
const isPassing = ({ wrong, problem }) => wrong === 'unreachable' && problem !== undefined && !(0,lists/* isOneOf */.EK)(problem.errno ?? '', 'ENOTFOUND', 'ENODATA');
const glanceAround = async (target, connectTo, context) => {
    const place = (0,look/* placeOf */.$t)(target, { connectTo });
    if (place === undefined)
        return unseen(target.name);
    const found = await (0,look/* addressesOf */.sO)(place.host, context);
    if ('why' in found)
        return unseen(place.host, found.problem);
    const leaves = [];
    const looking = { ...context, handshake: recorded(context.handshake, leaves) };
    const seen = [];
    for (const address of found.addresses.toSorted()) {
        const glance = await (0,look/* lookAtAddress */.xc)(target, { host: address, port: place.port }, looking);
        if (glance !== 'no route')
            seen.push({ address: address === target.name ? target.host : address, glance });
    }
    const wrong = seen.flatMap(({ address, glance }) => (glance.isRight ? [] : [{ ...glance, address }]));
    const fault = wrong.find(({ served }) => served !== undefined) ?? wrong[0];
    const distrust = seen.flatMap(({ glance }) => (glance.isRight ? (glance.distrust ?? []) : []))[0];
    if (seen.length === 0)
        return unseen(found.addresses.at(-1) ?? place.host);
    return { leaves, ...(fault === undefined ? {} : { fault }), distrust, atEdge: false };
};
const unseen = (address, problem) => ({
    leaves: [],
    fault: { isRight: false, wrong: 'unreachable', text: (0,util_language/* inBoth */.ZQ)(''), problem, address },
    atEdge: false,
});
const recorded = (handshake, leaves) => async (probe, signal) => {
    const served = await handshake(probe, signal);
    leaves.push(served_leafOf(probe, served));
    return served;
};
const served_leafOf = ({ at }, { sha256, names, notAfter, algorithm, distrust }) => ({
    ...{ address: at.host, algorithm, sha256, names, notAfter, distrust },
});

;// CONCATENATED MODULE: ./lib/audit/site.js











const lineEvery = 10_000;
const auditSite = async (context, spec) => {
    const { zone, options } = spec;
    const about = { zone, site: options.site };
    try {
        const { hosts, skipped, idle } = await context.log.group('Reading', () => readSite(context, spec));
        const certified = await withCertificates(context, hosts);
        const { seen, missed } = await lookAtHosts(context, spec, certified);
        const now = context.clock.now();
        const audited = certified.map(({ host, certificates }) => {
            const looked = seen.get(host);
            const known = { host, certificates: withSeenEnds(certificates, looked), looked };
            const findings = findingsOfHost(known, spec.criteria, now);
            const { name, status, mode } = host;
            return { host: name, status, mode, certificates: known.certificates, served: looked?.leaves ?? [], findings };
        });
        return { site: { ...about, hosts: audited, skipped, findings: missed }, idle };
    }
    catch (thrown) {
        return { site: siteWithout(about, (0,model_problem/* toProblem */.H8)(thrown)), idle: [] };
    }
};
const siteWithout = (about, problem) => {
    const finding = findingAbout('unreadable', undefined, [], unreadable(problem));
    const findings = (0,model_problem/* hasCode */.up)(problem, 'Run.Cancelled') ? [] : [finding];
    return { ...about, hosts: [], skipped: [], findings, problem };
};
const readSite = async (context, { zone, options, selections }) => {
    const { log, warn } = context;
    log.info(`Site ${(0,model_result/* siteName */.pu)({ zone })}`);
    const reader = (0,tencent_hosts/* hostReader */.k)(context.call, options.apiVersion, zone.id);
    const all = await reader.all();
    if (reader.listed() === 'certificates')
        log.info('Read with DescribeHostCertificates: DescribeAccelerationDomains is not permitted for this site.');
    if (reader.unlisted() > 0) {
        warn({ en: 'Hosts not read', zh: '\u672a\u8bfb\u53d6\u57df\u540d' }, {
            en: `EdgeOne counts ${(0,util_text/* count */.U9)(all.length + reader.unlisted(), 'host')} with a certificate and lists ${all.length}: the others were not looked at (DescribeHostCertificates).`,
            zh: `EdgeOne \u7edf\u8ba1\u6709 ${all.length + reader.unlisted()} \u4e2a\u57df\u540d\u914d\u7f6e\u4e86\u8bc1\u4e66\uff0c\u4f46\u53ea\u5217\u51fa ${all.length} \u4e2a\uff0c\u5176\u4f59\u672a\u5de1\u68c0\uff08DescribeHostCertificates\uff09\u3002`,
        });
    }
    const selected = all.filter(({ name }) => selections.some((patterns) => (0,discover_select/* isSelected */.sp)(patterns, name)));
    const hosts = selected.filter((host) => (0,compare/* whyInactive */.wT)(host) === undefined);
    const skipped = selected.flatMap((host) => (0,compare/* whyInactive */.wT)(host) === undefined ? [] : { host: host.name, status: host.status ?? 'unknown' });
    log.info(`${(0,util_text/* count */.U9)(hosts.length, 'host')}: ${(0,util_text/* list */.p_)(hosts, 20, ({ name }) => name)}`);
    if (skipped.length > 0)
        log.info(`Not online, so skipped: ${(0,util_text/* list */.p_)(skipped, 20, ({ host, status }) => `${host} (${status})`)}`);
    const including = selections.flat().filter(({ excludes }) => !excludes);
    return { hosts, skipped, idle: including.filter((pattern) => !all.some(({ name }) => pattern.test(name))) };
};
const site_isFree = ({ mode = '' }) => mode.startsWith('eofreecert');
const withCertificates = async (context, hosts) => {
    const uploaded = hosts.filter((host) => !site_isFree(host)).flatMap(({ certificates }) => certificates);
    const ids = new Set(uploaded.flatMap(({ id, type }) => (type === 'default' ? [] : id)));
    const known = new Map();
    if (ids.size > 0) {
        try {
            for (const one of await context.shared.certificates([...ids]))
                known.set(one.id, one);
        }
        catch (thrown) {
            const problem = (0,model_problem/* toProblem */.H8)(thrown);
            if (!(0,model_problem/* isForbidden */.US)(problem))
                throw problem;
            context.withoutSsl(problem);
        }
    }
    return hosts.map((host) => {
        const certificates = host.certificates.map((bound) => {
            const { names, algorithm, notAfter } = known.get(bound.id) ?? {};
            return {
                ...bound,
                ...{ names, algorithm: algorithm ?? bound.algorithm, isFree: site_isFree(host) },
                ...{ notAfter: bound.notAfter ?? notAfter, edgeEnd: bound.notAfter, sslEnd: notAfter },
            };
        });
        return { host, certificates };
    });
};
const withSeenEnds = (all, looked) => {
    if (looked === undefined || looked.fault !== undefined)
        return all;
    const endOf = ({ algorithm }) => looked.leaves.find((leaf) => all.length === 1 || leaf.algorithm === algorithm)?.notAfter;
    return all.map((one) => (one.notAfter === undefined ? { ...one, notAfter: endOf(one) } : one));
};
const lookAtHosts = async (context, spec, certified) => {
    const { options, criteria } = spec;
    const seen = new Map();
    const targets = certified.flatMap(({ host, certificates }) => {
        const target = host.mode === 'disable' ? undefined : targetOf(host, certificates);
        return criteria.looksAtServed && target !== undefined ? [{ host, target }] : [];
    });
    const report = progress(context, targets.length);
    try {
        await (0,concurrency/* inParallel */.HN)(targets, ports/* maxHandshakes */.F, async ({ host, target }) => {
            context.signal.throwIfAborted();
            seen.set(host, await lookAtHost(target, options.connectTo, context));
            report(seen.size);
        });
        return { seen, missed: [] };
    }
    catch (thrown) {
        const problem = (0,model_problem/* toProblem */.H8)(thrown);
        if (!context.signal.aborted)
            throw problem;
        if (context.cancelled.aborted)
            return { seen, missed: [] };
        const missed = targets.flatMap(({ host }) => (seen.has(host) ? [] : host.name));
        return { seen, missed: [findingAbout('unreadable', undefined, [], notLookedAt(missed, targets.length, problem))] };
    }
};
const progress = ({ log, clock }, all) => {
    let last = clock.now();
    return (done) => {
        if (done < all && clock.now() - last < lineEvery)
            return;
        last = clock.now();
        log.info(`${done}/${(0,util_text/* count */.U9)(all, 'host')} looked at`);
    };
};

// EXTERNAL MODULE: ./lib/credentials/account.js + 6 modules
var credentials_account = __webpack_require__(3964);
// EXTERNAL MODULE: ./lib/discover/zone.js
var zone = __webpack_require__(9169);
// EXTERNAL MODULE: ./lib/fleet/fleet.js + 45 modules
var fleet = __webpack_require__(8160);
// EXTERNAL MODULE: ./lib/fleet/site-log.js
var site_log = __webpack_require__(450);
;// CONCATENATED MODULE: ./lib/fleet/audit.js








const width = 128;
const auditFleet = (world, task, options) => (0,fleet/* perAccount */.N)(world, task.accounts, options, (own, account, shared) => auditOne(own, account, task, shared));
const auditOne = async (world, { name, account, entries }, task, options) => {
    const named = (site) => (name === undefined ? site : { ...site, account: name });
    try {
        const context = await (0,credentials_account/* signIn */.J)(world, account, options);
        return (await auditAccount(context, entries, task)).map(named);
    }
    catch (thrown) {
        return entries.flatMap((entry) => unread(entry, (0,model_problem/* toProblem */.H8)(thrown))).map(named);
    }
};
const unread = ({ zones, options: { site } }, problem) => refsOf(zones).map((zone) => siteWithout({ zone, site }, problem));
const refsOf = (zones) => {
    switch (zones.by) {
        case 'id':
            return zones.ids.map((id) => ({ id }));
        case 'name':
            return zones.names.map((name) => ({ name }));
        case 'all':
            return [{ name: 'all' }];
        default:
            return zones;
    }
};
const auditAccount = async (context, entries, { criteria, accounts }) => {
    const found = await sitesOf(context, entries);
    const lost = found.flatMap(({ entry, lookup }) => 'problem' in lookup ? siteWithout({ zone: lookup.zone, site: entry.options.site }, lookup.problem) : []);
    const specs = specsOf(found, criteria);
    const isOne = accounts.length === 1 && specs.length + lost.length === 1;
    let isTold = false;
    const own = {
        ...context,
        withoutSsl: (problem) => {
            if (!isTold)
                tellWithoutSsl(context, problem);
            isTold = true;
        },
    };
    const works = specs.map((spec) => (isOne ? { spec, own, flush: async () => undefined } : oneOfMany(own, spec)));
    const audits = new Map();
    await (0,concurrency/* inParallel */.HN)(works, width, async ({ spec, own: its }) => {
        audits.set(spec, await auditSite(its, spec));
        if (!isOne)
            context.log.info(`${audits.size}/${(0,util_text/* count */.U9)(specs.length, 'site')} audited`);
    });
    for (const { flush } of works)
        await flush();
    warnIdle(context, entries, audits);
    return [...specs.flatMap((spec) => audits.get(spec)?.site ?? []), ...lost];
};
const oneOfMany = (context, spec) => {
    const { name, own, flush } = (0,site_log/* siteContext */.h)(context, spec);
    return { spec, own, flush: () => flush(name) };
};
const tellWithoutSsl = ({ log }, { code }) => log.annotate({
    level: 'notice',
    title: { en: 'Certificates not read', zh: '\u672a\u8bfb\u53d6\u8bc1\u4e66' },
    message: {
        en: `This key may not read certificates in SSL Certificate Service (${code}); allow ssl:DescribeCertificates. What EdgeOne says of them is taken: whether they cover their hosts is only seen in what the hosts serve.`,
        zh: `\u6b64\u5bc6\u94a5\u65e0\u6743\u8bfb\u53d6 SSL \u8bc1\u4e66\u670d\u52a1\u4e2d\u7684\u8bc1\u4e66\uff08${code}\uff09\uff0c\u8bf7\u6388\u4e88 ssl:DescribeCertificates \u6743\u9650\u3002\u672c\u6b21\u4ee5 EdgeOne \u8fd4\u56de\u7684\u4fe1\u606f\u4e3a\u51c6\uff0c\u8bc1\u4e66\u662f\u5426\u5305\u542b\u57df\u540d\u53ea\u80fd\u4ece\u5b9e\u9645\u8fd4\u56de\u7684\u8bc1\u4e66\u5224\u65ad\u3002`,
    },
});
const sitesOf = async (context, entries) => {
    const readers = new Map();
    for (const { options } of entries) {
        const { apiVersion } = options;
        const same = entries.filter((one) => one.options.apiVersion === apiVersion);
        const names = new Set(same.flatMap(({ zones }) => (zones.by === 'name' ? zones.names : [])));
        if (!readers.has(apiVersion))
            readers.set(apiVersion, (0,zone/* zoneReader */.K)(context, apiVersion, { names: [...names], ids: [], locked: 'taken' }));
    }
    const each = entries.map(async (entry) => {
        const reader = readers.get(entry.options.apiVersion);
        try {
            const lookups = reader === undefined ? [] : await lookUp(entry.zones, reader);
            return lookups.map((lookup) => ({ entry, lookup }));
        }
        catch (thrown) {
            const problem = (0,model_problem/* toProblem */.H8)(thrown);
            return refsOf(entry.zones).map((zone) => ({ entry, lookup: { zone, problem } }));
        }
    });
    return (await Promise.all(each)).flat();
};
const lookUp = async (zones, reader) => {
    if (zones.by === 'id')
        return zones.ids.map((id) => ({ zone: { id } }));
    if (zones.by === 'name')
        return Promise.all(zones.names.map(reader.named));
    const all = (await reader.all()).filter(({ status }) => status !== 'initializing');
    if (all.length === 0)
        throw (0,model_problem/* ownProblem */.O3)('Input.ZoneName', { message: noSite });
    return all.map((zone) => ({ zone }));
};
const noSite = { en: 'The key has access to no site in use', zh: '\u6b64\u5bc6\u94a5\u6ca1\u6709\u53ef\u8bbf\u95ee\u7684\u3001\u6b63\u5728\u4f7f\u7528\u7684\u7ad9\u70b9' };
const specsOf = (found, criteria) => {
    const specs = new Map();
    for (const { entry, lookup } of found) {
        if ('problem' in lookup)
            continue;
        const { patterns, ...options } = entry.options;
        const { id, name } = lookup.zone;
        const known = specs.get(id) ?? { zone: { id }, selections: [], options, criteria };
        const zone = name === undefined ? known.zone : { id, name };
        specs.set(id, { ...known, zone, selections: [...known.selections, patterns] });
    }
    return [...specs.values()];
};
const warnIdle = ({ warn }, entries, audits) => {
    const idle = [...audits.values()].map((one) => new Set(one.idle));
    if ([...audits.values()].some(({ site }) => site.problem !== undefined))
        return;
    for (const { options } of entries) {
        const asked = [...audits.keys()].filter(({ selections }) => selections.includes(options.patterns)).length;
        for (const pattern of options.patterns) {
            if (pattern.excludes || asked === 0 || idle.filter((one) => one.has(pattern)).length < asked)
                continue;
            warn({ en: 'Hosts', zh: '\u57df\u540d' }, {
                en: `The pattern \u201c${pattern.text}\u201d matches no host of ${asked === 1 ? 'the site' : 'its sites'}.`,
                zh: `\u201c${pattern.text}\u201d \u672a\u5339\u914d\u5230\u4efb\u4f55\u57df\u540d\u3002`,
            });
        }
    }
};

// EXTERNAL MODULE: ./lib/model/hostname.js
var hostname = __webpack_require__(7512);
// EXTERNAL MODULE: ./lib/inputs/hosts.js
var inputs_hosts = __webpack_require__(8210);
// EXTERNAL MODULE: ./lib/inputs/inputs.js + 3 modules
var inputs = __webpack_require__(7499);
// EXTERNAL MODULE: ./lib/inputs/reader.js
var inputs_reader = __webpack_require__(178);
// EXTERNAL MODULE: ./lib/inputs/table.js
var inputs_table = __webpack_require__(4565);
;// CONCATENATED MODULE: ./lib/inputs/audit.js







const parseAuditInputs = (env) => {
    const reader = (0,inputs_reader/* inputReader */.cN)(env);
    (0,inputs/* refuseShard */.Fl)(reader);
    const entry = parseEntry(reader, 'patterns');
    const account = (0,inputs/* parseAccount */.J5)(reader);
    const waitMs = (0,inputs/* parseWait */.DF)(reader);
    const criteria = parseCriteria(reader);
    reader.flag('comment-on-pull-request');
    reader.flag('open-issue');
    if (!criteria.looksAtServed && entry.options.connectTo !== 'dns')
        reader.wrong('connect-to', (0,inputs_reader/* quote */.hD)(reader.get('connect-to')), {
            en: 'nothing without look-at-served',
            zh: '\u7a7a\uff1alook-at-served \u4e3a false \u65f6\u4e0d\u80fd\u4f7f\u7528',
        });
    if (reader.findings.length > 0)
        throw (0,inputs/* problemWith */.CO)('Input.Invalid', reader.findings);
    return { accounts: [{ account, entries: [entryAt(entry, account)] }], waitMs, criteria };
};
const parseCriteria = (reader) => {
    const { minimum, maximum } = inputs_table/* ranges */.Zz['expires-within-days'];
    const fits = (n) => n >= minimum && n <= maximum;
    const expiresWithinDays = reader.quantity('expires-within-days', fits, {
        en: `a number of days, at most ${maximum}`,
        zh: `\u5929\u6570\uff0c\u6700\u5927 ${maximum}`,
    });
    return { expiresWithinDays, looksAtServed: reader.flag('look-at-served'), failOn: parseFailOn(reader) };
};
const parseFailOn = ({ get, wrong }) => {
    const listed = [...new Set((0,hostname/* entries */.jO)(get('fail-on')))];
    if (listed.length === 1 && listed[0] === 'none')
        return [];
    const known = findingKinds.filter((kind) => listed.includes(kind));
    for (const word of listed) {
        const expected = word === 'none'
            ? { en: 'none alone, or kinds of findings', zh: '\u5355\u72ec\u586b\u5199 none\uff0c\u6216\u586b\u5199\u95ee\u9898\u7684\u7c7b\u578b' }
            : { en: `any of ${findingKinds.join(', ')}; or none`, zh: `${findingKinds.join('\u3001')} \u4e2d\u7684\u4efb\u610f\u51e0\u9879\uff0c\u6216 none` };
        if (!known.some((kind) => kind === word))
            wrong('fail-on', (0,inputs_reader/* quote */.hD)(word), expected);
    }
    if (listed.length === 0)
        wrong('fail-on', { en: 'a list without an entry', zh: '\u4e0d\u542b\u4efb\u4f55\u6761\u76ee\u7684\u5217\u8868' }, { en: 'kinds of findings, or none', zh: '\u95ee\u9898\u7684\u7c7b\u578b\uff0c\u6216 none' });
    return known;
};
const entryAt = (entry, { site }) => ({
    ...entry,
    options: { ...entry.options, site },
});
const parseEntry = (reader, hosts) => {
    const zones = (0,inputs_hosts/* parseAuditZones */.qJ)(reader);
    const patterns = hosts === 'by match' ? parseByMatch(reader, zones) : parsePatterns(reader);
    const apiVersion = reader.choice('api-version');
    const connectTo = (0,inputs/* parseConnectTo */.zs)(reader);
    if (connectTo === 'cname' && apiVersion === '2022-01-06')
        reader.wrong('connect-to', (0,util_language/* inBoth */.ZQ)('cname'), {
            en: 'a host or an address: api-version 2022-01-06 returns no CNAME',
            zh: '\u4e3b\u673a\u540d\u6216\u5730\u5740\uff1aapi-version 2022-01-06 \u4e0d\u8fd4\u56de CNAME',
        });
    return { zones, options: { patterns, apiVersion, connectTo } };
};
const parsePatterns = (reader) => {
    const take = (0,inputs_hosts/* entryReader */.e)(reader);
    return listedIn(reader).flatMap((entry) => take((0,hostname/* parsePattern */.EY)(entry), entry));
};
const listedIn = ({ get }) => [...new Set((0,hostname/* entries */.jO)(get('hosts')))];
const parseByMatch = (reader, zones) => {
    const usual = zones.by === 'all' ? 'certificate' : 'exact';
    const match = reader.get('match') === '' ? usual : reader.choice('match');
    if (match !== 'exact')
        return parsePatterns(reader);
    const take = (0,inputs_hosts/* entryReader */.e)(reader);
    return listedIn(reader)
        .flatMap((entry) => take((0,hostname/* parseHost */.o6)(entry), entry))
        .map(named);
};
const named = (host) => ({ text: host, excludes: false, test: (other) => other === host });
const auditKeys = [
    'zone-id',
    'zone-name',
    'hosts',
    'match',
    'api-version',
    'connect-to',
    'wait-minutes',
];
const auditedEntry = {
    keys: auditKeys,
    parse: (reader) => {
        const entry = parseEntry(reader, 'by match');
        return (account, at) => ({ ...entryAt(entry, account), at });
    },
};

// EXTERNAL MODULE: ./lib/inputs/secrets.js
var secrets = __webpack_require__(9516);
// EXTERNAL MODULE: ./lib/inputs/task.js
var task = __webpack_require__(7040);
;// CONCATENATED MODULE: ./lib/inputs/audit-task.js






const readAuditTask = async (world) => {
    const { env, log } = world;
    for (const secret of (0,secrets/* secretsIn */.V)(env))
        log.mask(secret);
    const file = await (0,task/* manifestOf */.$V)(world);
    if (file === undefined)
        return parseAuditInputs(env);
    const reader = (0,inputs_reader/* inputReader */.cN)(env);
    const criteria = parseCriteria(reader);
    reader.flag('open-issue');
    const { parseManifestAs } = await (0,task/* manifestReader */.rk)();
    try {
        const task = parseManifestAs(auditedEntry, env, file, log.mask);
        if (reader.findings.length === 0)
            return { ...task, criteria };
    }
    catch (thrown) {
        if (!(thrown instanceof model_problem/* Problem */.AF))
            throw thrown;
        throw (0,inputs/* problemWith */.CO)('Input.Manifest', [...reader.findings, ...thrown.findings]);
    }
    throw (0,inputs/* problemWith */.CO)('Input.Invalid', reader.findings);
};

// EXTERNAL MODULE: ./lib/model/scrubbed.js
var scrubbed = __webpack_require__(8179);
// EXTERNAL MODULE: ./lib/run-record.js
var run_record = __webpack_require__(1574);
// EXTERNAL MODULE: ./lib/util/version.js
var version = __webpack_require__(2352);
;// CONCATENATED MODULE: ./lib/run-audit.js










const maxLines = 200;
const runAudit = async (world) => {
    const record = recordOf(world);
    try {
        const task = await readAuditTask(world);
        record.works(task);
        world.log.info(`EdgeOne certificate audit ${version/* version */.r}`);
        const sites = await auditFleet(world, task, { ...record, deadline: record.start + task.waitMs });
        return record.result(sites, stopOf(world, sites));
    }
    catch (thrown) {
        return record.result([], (0,model_problem/* toProblem */.H8)(thrown));
    }
};
const stopOf = ({ cancelled }, sites) => {
    if (cancelled.aborted)
        return (0,model_problem/* toProblem */.H8)(cancelled.reason);
    const failed = sites.flatMap((site) => (site.problem === undefined ? [] : { site, problem: site.problem }));
    const [first] = failed;
    if (first === undefined || failed.length < sites.length)
        return undefined;
    if (new Set(failed.map(({ problem }) => problem.code)).size === 1)
        return (0,model_problem/* summarised */.jV)(failed.map(({ problem }) => problem));
    const faults = failed.map(({ site, problem }) => (0,util_language/* mapped */.CV)((0,model_problem/* faultText */.Ij)(problem), (text) => `${(0,model_result/* siteLabel */.Ku)(site)}: ${text}`));
    const each = (0,util_text/* listedTexts */.G6)(faults, 5);
    return (0,model_problem/* ownProblem */.O3)('Run.SitesFailed', {
        message: {
            en: `None of ${(0,util_text/* count */.U9)(sites.length, 'site')} could be read. ${each.en}`,
            zh: `${sites.length} \u4e2a\u7ad9\u70b9\u5747\u65e0\u6cd5\u8bfb\u53d6\u3002${each.zh}`,
        },
    });
};
const noCriteria = { expiresWithinDays: 0, looksAtServed: false, failOn: [] };
const recordOf = (world) => {
    const record = (0,run_record/* runRecord */.D)(world);
    const { log, clock, language } = world;
    let task;
    let deadline;
    const works = (read) => {
        task = read;
        deadline = record.start + read.waitMs;
        record.tellShare(read);
    };
    const result = async (sites, problem) => {
        record.warnUnknown('audit');
        const { calls, warnings } = record;
        const { criteria = noCriteria, shard } = task ?? {};
        const all = { problem, sites, criteria, calls, warnings, shard, language, at: clock.now(), deadline };
        await tellFindings(world, all);
        record.end([problem, ...sites.map((site) => site.problem)]);
        const clean = sites.map((site) => (0,scrubbed/* scrubbed */.f)(site, log.scrub));
        return { ...(0,scrubbed/* scrubbed */.f)({ ...all, sites: [] }, log.scrub), sites: clean };
    };
    return { ...record, works, result };
};
const tellFindings = async ({ log }, result) => {
    const found = findingsOf(result);
    if (found.length > 0) {
        await log.group((0,util_text/* count */.U9)(found.length, 'finding'), async () => {
            for (const { site, finding } of found.slice(0, maxLines))
                log.info(`${finding.kind}: ${finding.host ?? (0,model_result/* siteLabel */.Ku)(site)}: ${tracedDetail(finding).en}`);
            if (found.length > maxLines)
                log.info(`and ${found.length - maxLines} more`);
        });
    }
};

;// CONCATENATED MODULE: ./lib/auditing.js









const audit = async (world) => {
    const { clock } = world;
    const start = clock.now();
    const result = await runAudit(world);
    const voice = await (0,report_voice/* voiceOf */.s)(result.language);
    const issue = issueOf(result, voice);
    return {
        isOk: isOk(result),
        deadline: result.deadline,
        annotations: auditAnnotations(result, voice),
        report: () => ({
            outputs: auditOutputsOf(result),
            document: auditDocumentOf(result),
            summary: auditSummaryOf(result, voice),
        }),
        comment: () => auditCommentOf(result, voice),
        ...(issue === undefined ? {} : { issue }),
        end: () => auditLastLine(result, clock.now() - start),
    };
};


/***/ })

};
