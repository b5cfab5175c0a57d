export const id = 543;
export const ids = [543];
export const modules = { 1543: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
	__webpack_require__.r(__webpack_exports__);
	__webpack_require__.d(__webpack_exports__, { audit: () => audit });
	var util_language = __webpack_require__(9932);
	var certificate = __webpack_require__(4626);
	//! ./lib/model/audit.js
	const findingKinds = [
		"expired",
		"not-served",
		"no-certificate",
		"not-trusted",
		"not-covered",
		"expiring",
		"deploy-failed",
		"unreadable"
	];
	const tracedDetail = ({ detail, problem }) => {
		const id = problem?.requestId;
		return id === undefined ? detail : (0, util_language.CV)(detail, (text) => `${text} (RequestId ${id})`);
	};
	const siteKey = ({ zone: { id, name } }) => id ?? name ?? "unknown";
	const findingsOf = ({ sites, criteria }) => {
		const all = sites.flatMap((site) => [...site.findings, ...site.hosts.flatMap(({ findings }) => findings)].map((finding) => ({
			site,
			finding
		})));
		const rank = ({ finding: { kind } }) => Number(!criteria.failOn.includes(kind));
		const end = ({ finding: { notAfter } }) => notAfter ?? Number.MAX_SAFE_INTEGER;
		const order = ({ finding: { kind } }) => findingKinds.indexOf(kind);
		return all.toSorted((a, b) => rank(a) - rank(b) || order(a) - order(b) || end(a) - end(b));
	};
	const isOk = ({ problem, sites, criteria }) => problem === undefined && !findingsOf({
		sites,
		criteria
	}).some(({ finding }) => criteria.failOn.includes(finding.kind));
	const auditedHosts = ({ sites }) => sites.flatMap(({ hosts }) => hosts);
	const earliestEnd = (result) => {
		const first = (0, certificate.Qd)(auditedHosts(result).flatMap(({ certificates }) => certificates.flatMap(({ notAfter }) => notAfter ?? [])));
		return first === Infinity ? undefined : first;
	};
	var model_problem = __webpack_require__(1246);
	var model_result = __webpack_require__(4484);
	var util_text = __webpack_require__(8805);
	var annotations = __webpack_require__(1116);
	var failures = __webpack_require__(2547);
	var limits = __webpack_require__(5032);
	//! ./lib/report/audit-problem.js
	const auditProblem = ({ problem }, voice) => problem === undefined ? "" : (0, failures.f)(problem, voice, limits.g);
	const adviceOf = ({ advice, problem }, { said, texts }) => (problem === undefined ? undefined : texts(problem)?.fix) ?? said(advice);
	var number = __webpack_require__(2875);
	//! ./lib/report/audit-words.js
	const kindWords = {
		expired: {
			en: "expired",
			zh: "已过期"
		},
		"not-served": {
			en: "not served",
			zh: "返回的证书不符"
		},
		"no-certificate": {
			en: "no certificate",
			zh: "无证书"
		},
		"not-trusted": {
			en: "not trusted",
			zh: "不受信任"
		},
		"not-covered": {
			en: "not covered",
			zh: "证书不含域名"
		},
		expiring: {
			en: "expiring",
			zh: "即将到期"
		},
		"deploy-failed": {
			en: "deployment failed",
			zh: "部署失败"
		},
		unreadable: {
			en: "unreadable",
			zh: "无法检查"
		}
	};
	const n = (count, noun) => `${(0, number.P)("en-US", count)} ${noun}${count === 1 ? "" : "s"}`;
	const hostsText = (count) => ({
		en: n(count, "host"),
		zh: `${(0, number.P)("zh-CN", count)} 个域名`
	});
	const sitesText = (count) => ({
		en: n(count, "site"),
		zh: `${(0, number.P)("zh-CN", count)} 个站点`
	});
	const kindCount = (count, kind) => ({
		en: `${(0, number.P)("en-US", count)} ${kindWords[kind].en}`,
		zh: `${kindWords[kind].zh} ${(0, number.P)("zh-CN", count)} 个`
	});
	const dayMs = 864e5;
	const daysText = (end, now) => {
		const days = Math.floor(Math.abs(end - now) / dayMs);
		const isOver = end <= now;
		if (days === 0) {
			const en = isOver ? "less than a day ago" : "in less than a day";
			return {
				en,
				zh: isOver ? "不足 1 天前" : "不足 1 天后"
			};
		}
		return isOver ? {
			en: `${n(days, "day")} ago`,
			zh: `${days} 天前`
		} : {
			en: `in ${n(days, "day")}`,
			zh: `${days} 天后`
		};
	};
	const words = {
		findingAndHost: {
			en: "Finding and host",
			zh: "问题与域名"
		},
		endAndCertificate: {
			en: "Expiry and certificate",
			zh: "到期日与证书"
		},
		host: {
			en: "Host",
			zh: "域名"
		},
		ends: {
			en: "Certificate expires",
			zh: "证书到期"
		},
		certificate: {
			en: "Certificate",
			zh: "证书"
		},
		toDo: {
			en: "What to do",
			zh: "处理建议"
		},
		site: {
			en: "Site",
			zh: "站点"
		},
		hosts: {
			en: "Hosts",
			zh: "域名数"
		},
		findings: {
			en: "Findings",
			zh: "问题数"
		},
		status: {
			en: "Status",
			zh: "状态"
		},
		edgeone: {
			en: "EdgeOne console",
			zh: "EdgeOne 控制台"
		},
		ssl: {
			en: "SSL certificates",
			zh: "SSL 证书控制台"
		}
	};
	//! ./lib/report/audit-annotations.js
	const maxAnnotations = 10;
	const maxText = 1e3;
	const auditAnnotations = (result, voice) => {
		const stopped = result.problem === undefined ? [] : problemAnnotations(result.problem, voice);
		const groups = [...Map.groupBy(findingsOf(result), groupOf).values()];
		return [...stopped, ...groups.map((some) => findingAnnotation(result, some, voice))].slice(0, maxAnnotations);
	};
	const groupOf = (located) => {
		const { kind, host, certificates } = located.finding;
		const isOfCertificate = kind === "expired" || kind === "expiring" || kind === "deploy-failed";
		return isOfCertificate && host !== undefined ? JSON.stringify([kind, certificates]) : located;
	};
	const findingAnnotation = ({ criteria }, some, voice) => {
		const [first] = some;
		if (first === undefined) throw new TypeError("a group without a finding");
		const { site, finding } = first;
		const { kind } = finding;
		const names = some.map((one) => (0, util_text.$Q)((0, util_text.TN)(one.finding.host ?? (0, model_result.Ku)(one.site)), 300));
		const which = (of) => names.length === 1 ? names[0] : of(hostsText(names.length));
		const hosts = (of) => names.length === 1 ? "" : `${of({
			en: "Hosts: ",
			zh: "域名："
		})}${(0, util_text.p_)(names, 10)}`;
		const both = (make) => ({
			en: make(({ en }) => en),
			zh: make(({ zh }) => zh)
		});
		const lines = (of) => [
			(0, util_text.$Q)((0, util_text.TN)(of(tracedDetail(finding))), maxText),
			hosts(of),
			adviceOf(finding, voice),
			`${of({
				en: "Site: ",
				zh: "站点："
			})}${(0, model_result.Ku)(site)}`
		].map(util_text.TN).filter((line) => line !== "").join("\n");
		return {
			level: criteria.failOn.includes(kind) ? "error" : "warning",
			title: {
				en: `${kind}: ${which(({ en }) => en)}`,
				zh: `${kind}（${kindWords[kind].zh}）：${which(({ zh }) => zh)}`
			},
			message: both(lines)
		};
	};
	const problemAnnotations = (problem, voice) => {
		const { code, requestId, findings } = problem;
		const { words, texts, said } = voice;
		const row = texts(problem);
		const title = (0, util_language.ZQ)(`EdgeOne certificate audit: ${code}`);
		const lines = [
			...(0, annotations.Y5)(problem, voice),
			...row === undefined ? [] : [words.labelled(words.cause, row.meaning), words.labelled(words.whatToDo, row.fix)],
			...requestId === undefined ? [] : [words.labelled(words.requestId, requestId)]
		];
		const message = lines.map(util_text.TN).filter((line) => line !== "").join("\n");
		const atPlaces = (0, annotations.yN)(findings).shown.map((finding) => {
			const { at, ...found } = finding;
			return {
				level: "error",
				title,
				message: (0, util_language.ZQ)((0, util_text.TN)(said((0, model_problem.NK)(found)))),
				at
			};
		});
		return [{
			level: "error",
			title,
			message: (0, util_language.ZQ)(message)
		}, ...atPlaces];
	};
	var outputs = __webpack_require__(2124);
	//! ./lib/report/audit-document.js
	const auditDocumentOf = (result) => {
		const { problem, sites, criteria, calls, warnings, at } = result;
		return JSON.stringify({
			ok: isOk(result),
			at: (0, outputs.KH)(at),
			...criteria,
			findingCount: findingsOf(result).length,
			hostCount: auditedHosts(result).length,
			siteCount: sites.length,
			earliestExpiry: (0, outputs.KH)(earliestEnd(result)),
			error: problem && errorOf(problem),
			sites: sites.map((site) => ({ toJSON: () => siteOf(site) })),
			calls: calls.map(({ action, outcome, requestId, site }) => ({
				action,
				outcome,
				requestId,
				zoneId: site
			})),
			warnings: warnings.map(({ en }) => en)
		});
	};
	const errorOf = ({ code, message, requestId, row, findings }) => ({
		...{
			code,
			message,
			requestId,
			meaning: row?.meaning,
			fix: row?.fix
		},
		findings: findings.length === 0 ? undefined : findings.map(({ input, seen, expected }) => ({
			input,
			seen: seen.en,
			expected: expected.en
		}))
	});
	const siteOf = ({ account, zone, site, hosts, skipped, findings, problem }) => ({
		...{
			account,
			zoneId: zone.id,
			zoneName: zone.name,
			site
		},
		findings: findings.map(findingOf),
		hosts: hosts.map(hostOf),
		skipped,
		error: problem && {
			code: problem.code,
			message: problem.message,
			requestId: problem.requestId
		}
	});
	const hostOf = ({ host, status, mode, certificates, served, findings }) => ({
		...{
			host,
			status,
			mode
		},
		certificates: certificates.map(certificateOf),
		served: served.map(leafOf),
		findings: findings.map(findingOf)
	});
	const certificateOf = ({ id, alias, type, algorithm, names, notAfter, status }) => ({
		...{
			id,
			alias,
			type,
			algorithm,
			names,
			status
		},
		notAfter: (0, outputs.KH)(notAfter)
	});
	const leafOf = ({ address, algorithm, sha256, names, notAfter, distrust }) => ({
		...{
			address,
			algorithm,
			sha256,
			names
		},
		notAfter: (0, outputs.KH)(notAfter),
		distrust: distrust?.en
	});
	const findingOf = (finding) => ({
		finding: finding.kind,
		certificates: finding.certificates,
		notAfter: (0, outputs.KH)(finding.notAfter),
		detail: tracedDetail(finding).en,
		advice: finding.advice.en
	});
	var heading = __webpack_require__(6584);
	//! ./lib/report/audit-heading.js
	const auditHeading = (result, voice) => {
		const { problem } = result;
		if ((0, model_problem.up)(problem, "Run.Cancelled")) return `## \u23f9\ufe0f ${voice.said({
			en: "Audit cancelled",
			zh: "巡检已取消"
		})}`;
		if (problem !== undefined) {
			const why = (0, heading.$C)(problem, voice);
			return `## \u274c ${voice.said({
				en: `Audit failed: ${why}`,
				zh: `巡检失败：${why}`
			})}`;
		}
		const icon = findingsOf(result).length === 0 ? "\u2705" : failingOf(result).length > 0 ? "\u274c" : "\u26a0\ufe0f";
		return `## ${icon} ${auditTitle(result, voice.said)}`;
	};
	const failingOf = (result) => findingsOf(result).filter(({ finding }) => result.criteria.failOn.includes(finding.kind));
	const auditTitle = (result, say) => {
		const [found, failing] = [findingsOf(result), failingOf(result)];
		if (found.length === 0) return fine(result, say);
		return needs(result, failing.length > 0 ? failing : found, say);
	};
	const needs = (result, found, say) => {
		const hosts = auditedHosts(result).length;
		const affected = new Set(found.flatMap(({ site, finding }) => finding.host ? `${site.zone.id} ${finding.host}` : []));
		const affectedSites = new Set(found.map(({ site }) => site)).size;
		const [n, all] = affected.size > 0 ? [affected.size, {
			en: `${affected.size} of ${say(hostsText(hosts))}`,
			zh: `${say(hostsText(hosts))}中有 ${affected.size} 个`
		}] : [affectedSites, {
			en: `${affectedSites} of ${say(sitesText(result.sites.length))}`,
			zh: `${say(sitesText(result.sites.length))}中有 ${affectedSites} 个`
		}];
		return say({
			en: `${all.en} need${n === 1 ? "s" : ""} attention`,
			zh: `${all.zh}需要处理`
		});
	};
	const fine = (result, say) => {
		const hosts = auditedHosts(result).length;
		if (hosts === 0) return say({
			en: "No host to look at",
			zh: "没有需要巡检的域名"
		});
		const end = earliestEnd(result);
		const all = say(hostsText(hosts));
		if (end === undefined) return say({
			en: `${all}, nothing found`,
			zh: `${all}均正常`
		});
		const left = say(daysText(end, result.at));
		return say({
			en: `${all}, first certificate expires ${left}`,
			zh: `${all}均正常，最早的证书 ${left}到期`
		});
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
			say({
				en: `${hosts} of ${sites}`,
				zh: `${sites}，${hosts}`
			}),
			...kinds,
			...skipped === 0 ? [] : [say({
				en: `${skipped} skipped`,
				zh: `跳过 ${skipped} 个`
			})],
			...end === undefined ? [] : [say({
				en: `first expiry ${(0, util_text.vd)(end)}`,
				zh: `最早到期 ${(0, util_text.vd)(end)}`
			})]
		];
		return parts.join(" \u00b7 ");
	};
	var model_site = __webpack_require__(1774);
	var timeline = __webpack_require__(1451);
	//! ./lib/report/audit-timeline.js
	const maxBars = 8;
	const audit_timeline_dayMs = 864e5;
	const [maxBack, maxAhead] = [60, 400];
	const auditTimeline = (result) => {
		const { language, criteria, at } = result;
		const say = (text) => (0, util_language.r7)(language, text);
		const all = endings(result).filter(({ end }) => end < at + maxAhead * audit_timeline_dayMs);
		const soon = at + criteria.expiresWithinDays * audit_timeline_dayMs;
		const sections = [
			[{
				en: "Expired",
				zh: "已过期"
			}, all.filter(({ end }) => end <= at)],
			[{
				en: `Within ${criteria.expiresWithinDays} days`,
				zh: `${criteria.expiresWithinDays} 天内到期`
			}, all.filter(({ end }) => end > at && end < soon)],
			[{
				en: "Later",
				zh: "更晚到期"
			}, all.filter(({ end }) => end > at && end >= soon)]
		];
		const shown = sections.flatMap(([, some]) => some.slice(0, maxBars));
		if (shown.length === 0) return "";
		const first = Math.min(at, ...shown.map(({ end }) => Math.max(end, at - maxBack * audit_timeline_dayMs)));
		const last = Math.max(at, ...shown.map(({ end }) => end));
		return [
			say({
				en: "When the certificates expire; the red line is today:",
				zh: "证书到期时间（红线为今天）："
			}),
			"",
			"```mermaid",
			"gantt",
			"  dateFormat YYYY-MM-DD",
			...(0, timeline.yo)((last - first) / timeline.HH),
			...sections.flatMap(([title, some]) => some.length === 0 ? [] : [`  section ${say(title)}`, ...some.slice(0, maxBars).map((one) => bar(one, say, at))]),
			"```"
		].join("\n");
	};
	const endings = (result) => {
		const byId = new Map();
		for (const certificate of auditedHosts(result).flatMap(({ certificates }) => certificates)) {
			const { id, notAfter } = certificate;
			if (notAfter === undefined || !/^[\w-]{1,64}$/.test(id)) continue;
			const known = byId.get(id) ?? {
				certificate,
				end: notAfter,
				hosts: 0
			};
			known.hosts += 1;
			byId.set(id, known);
		}
		return [...byId.values()].toSorted((a, b) => a.end - b.end);
	};
	const bar = ({ certificate, end, hosts }, say, at) => {
		const label = `${certificate.algorithm ?? "ID"} ${(0, util_text.$Q)(certificate.id, 24)}, ${say(hostsText(hosts)).replaceAll(",", "")}`;
		if (end > at) return `  ${label} : ${(0, util_text.vd)(at)}, ${(0, util_text.vd)(Math.max(end, at + audit_timeline_dayMs))}`;
		return `  ${label} : crit, ${(0, util_text.vd)(Math.max(end, at - maxBack * audit_timeline_dayMs))}, ${(0, util_text.vd)(at)}`;
	};
	var parts = __webpack_require__(8984);
	var table = __webpack_require__(8330);
	//! ./lib/report/audit-summary.js
	const bytes = {
		findings: 384,
		sites: 64,
		fine: 192,
		skipped: 48,
		warnings: 48,
		calls: 128
	};
	const kib = 1024;
	const audit_summary_maxText = 1e3;
	const auditSummaryOf = (result, voice) => `${(0, table.oR)([
		...partsOf(result, voice, tracedDetail),
		callList(result, voice),
		links(result, voice.said)
	])}\n`;
	const auditCommentOf = (result, voice) => `${(0, table.oR)([...partsOf(result, voice, ({ detail }) => detail), links(result, voice.said)])}\n`;
	const partsOf = (result, voice, detailOf) => {
		const say = voice.said;
		const found = findingsOf(result);
		return [
			auditHeading(result, voice),
			result.sites.length === 0 ? "" : countsLine(result, say),
			auditProblem(result, voice),
			findings(result, found, voice),
			advice(found, voice, detailOf),
			auditTimeline(result),
			siteTable(result, voice),
			fineHosts(result, voice),
			skippedHosts(result, voice),
			(0, parts.e)(result.warnings, voice, {
				max: audit_summary_maxText,
				bytes: bytes.warnings * kib
			})
		];
	};
	const ids = (all) => all.length === 0 ? "\u2013" : all.slice(0, 3).map((id) => (0, util_text.aY)((0, util_text.$Q)(id, 80))).join(", ");
	const endText = (end, at, say) => {
		if (end === undefined) return "\u2013";
		const [left, date] = [say(daysText(end, at)), (0, util_text.vd)(end)];
		return say({
			en: `${(0, table.CH)(left)} ${(0, table.CH)(`(${date})`)}`,
			zh: `${(0, table.CH)(left)}${(0, table.CH)(`（${date}）`)}`
		});
	};
	const findings = ({ criteria, at }, found, { said: say, words: { more } }) => {
		if (found.length === 0) return "";
		const row = ({ site, finding }) => {
			const { kind, host, notAfter, certificates } = finding;
			const what = `${criteria.failOn.includes(kind) ? "\u274c" : "\u26a0\ufe0f"}&nbsp;${(0, table.CH)(say(kindWords[kind]))}`;
			const which = (0, util_text.aY)((0, util_text.$Q)(host ?? (0, model_result.Ku)(site), 300));
			const known = [endText(notAfter, at, say), ids(certificates)].filter((part) => part !== "\u2013");
			return [`${what}<br>${which}`, known.join("<br>") || "\u2013"];
		};
		const head = [words.findingAndHost, words.endAndCertificate].map(say);
		return (0, table.tp)(head, found, row, bytes.findings * kib, more);
	};
	const [maxAdvices, maxDetails] = [12, 10];
	const advice = (found, voice, detailOf) => {
		const say = voice.said;
		const byText = Map.groupBy(found, ({ finding }) => adviceOf(finding, voice));
		const lines = [...byText].slice(0, maxAdvices).flatMap(([text, some]) => {
			const kinds = findingKinds.filter((kind) => some.some(({ finding }) => finding.kind === kind));
			const names = say({
				en: kinds.map((kind) => kindWords[kind].en).join(", "),
				zh: kinds.map((kind) => kindWords[kind].zh).join("、")
			});
			const seen = some.filter(({ finding: { kind } }) => kind !== "expired" && kind !== "expiring");
			const rest = seen.length > maxDetails ? [`  - ${voice.words.more(seen.length - maxDetails)}`] : [];
			return [
				say({
					en: `- **${names}**: ${text}`,
					zh: `- **${names}**：${text}`
				}),
				...seen.slice(0, maxDetails).map((one) => seenLine(one, detailOf, say)),
				...rest
			];
		});
		return lines.length === 0 ? "" : `**${say(words.toDo)}**\n\n${lines.join("\n")}`;
	};
	const seenLine = ({ site, finding }, detailOf, say) => {
		const [which, seen] = [(0, util_text.aY)((0, util_text.$Q)(finding.host ?? (0, model_result.Ku)(site), 300)), (0, util_text.CS)((0, util_text.$Q)(say(detailOf(finding)), audit_summary_maxText))];
		return say({
			en: `  - ${which}: ${seen}`,
			zh: `  - ${which}：${seen}`
		});
	};
	const siteTable = (result, { said: say, words: { more } }) => {
		const { sites, at } = result;
		if (sites.length < 2) return "";
		const row = (site) => [
			(0, util_text.aY)((0, util_text.$Q)((0, model_result.Ku)(site), 300)),
			site.problem === undefined ? String(site.hosts.length) : "\u2013",
			String(site.findings.length + site.hosts.reduce((sum, { findings }) => sum + findings.length, 0)),
			endText(earliestEnd({ sites: [site] }), at, say)
		];
		const head = [
			words.site,
			words.hosts,
			words.findings,
			words.ends
		].map(say);
		return (0, table.TM)((0, util_text.qy)(say(sitesText(sites.length))), (0, table.tp)(head, sites, row, bytes.sites * kib, more));
	};
	const endOf = ({ certificates }) => (0, certificate.Qd)(certificates.flatMap(({ notAfter }) => notAfter ?? []));
	const fineHosts = (result, { said: say, words: { more } }) => {
		const fine = auditedHosts(result).filter(({ findings }) => findings.length === 0).toSorted((a, b) => endOf(a) - endOf(b) || 0);
		if (fine.length === 0) return "";
		const row = (host) => {
			const end = endOf(host);
			return [
				(0, util_text.aY)(host.host),
				endText(end === Infinity ? undefined : end, result.at, say),
				ids(host.certificates.map(({ id }) => id))
			];
		};
		const n = say(hostsText(fine.length));
		const title = say({
			en: `\u2705 ${n} without findings`,
			zh: `\u2705 ${n}无问题`
		});
		const head = [
			words.host,
			words.ends,
			words.certificate
		].map(say);
		return (0, table.TM)((0, util_text.qy)(title), (0, table.tp)(head, fine, row, bytes.fine * kib, more));
	};
	const skippedHosts = ({ sites }, { said: say, words: { more } }) => {
		const skipped = sites.flatMap((site) => site.skipped);
		if (skipped.length === 0) return "";
		const n = say(hostsText(skipped.length));
		const title = say({
			en: `${n} skipped: not online`,
			zh: `已跳过 ${n}：未启用`
		});
		const row = ({ host, status }) => [(0, util_text.aY)(host), (0, util_text.aY)((0, util_text.$Q)(status, 80))];
		const body = (0, table.tp)([words.host, words.status].map(say), skipped, row, bytes.skipped * kib, more);
		return (0, table.TM)((0, util_text.qy)(title), body);
	};
	const callList = ({ calls }, { said: say, words: common }) => {
		if (calls.length === 0) return "";
		const title = say({
			en: `API calls (${calls.length})`,
			zh: `API 调用（${calls.length}）`
		});
		return (0, table.TM)((0, util_text.qy)(title), (0, parts.B)(calls, common, bytes.calls * kib));
	};
	const links = ({ sites, shard }, say) => {
		const consoles = [...new Set(sites.map(({ site }) => site))].map((site) => {
			const { origin } = new URL(model_site.f[site].zonePage(""));
			return `[${say(words.edgeone)}](${origin}/edgeone/zones) \u00b7 [${say(words.ssl)}](${origin}/ssl)`;
		});
		const names = [...new Set(sites.map(({ account = "\u2013" }) => account))];
		const share = shard === undefined ? [] : [`${(0, util_text.aY)(shard)}: ${(0, util_text.CS)((0, util_text.p_)(names, 50))}`];
		return [...consoles, ...share].join(" \u00b7 ");
	};
	//! ./lib/report/audit-issue.js
	const issueOf = (result, voice) => {
		if (result.problem !== undefined) return undefined;
		const isOpen = findingsOf(result).length > 0;
		return () => ({
			title: isOpen ? `EdgeOne: ${auditTitle(result, voice.said)}` : undefined,
			markdown: auditCommentOf({
				...result,
				warnings: []
			}, voice)
		});
	};
	//! ./lib/report/audit-last-line.js
	const auditLastLine = (result, ms) => {
		const found = findingsOf(result);
		const kinds = findingKinds.flatMap((kind) => {
			const n = found.filter(({ finding }) => finding.kind === kind).length;
			return n === 0 ? [] : [`${n} ${kind}`];
		});
		const parts = [
			`${(0, util_text.U9)(auditedHosts(result).length, "host")} of ${(0, util_text.U9)(result.sites.length, "site")}`,
			kinds.length === 0 ? "nothing found" : kinds.join(", "),
			...result.problem === undefined ? [] : [result.problem.code]
		];
		return `${isOk(result) ? "Done in" : "Failed after"} ${(0, util_text.p0)(ms)} \u2013 ${parts.join("; ")}.`;
	};
	//! ./lib/report/audit-outputs.js
	const auditOutputNames = null && [
		"ok",
		"findings",
		"finding-count",
		"host-count",
		"site-count",
		"earliest-expiry",
		"result-path"
	];
	const maxFindings = 200;
	const audit_outputs_maxText = 1e3;
	const auditOutputsOf = (result) => {
		const all = findingsOf(result);
		return {
			ok: String(isOk(result)),
			findings: JSON.stringify(all.slice(0, maxFindings).map(audit_outputs_findingOf)),
			"finding-count": String(all.length),
			"host-count": String(auditedHosts(result).length),
			"site-count": String(result.sites.length),
			"earliest-expiry": (0, outputs.KH)(earliestEnd(result)) ?? ""
		};
	};
	const shown = (text) => (0, util_text.$Q)((0, util_text.TN)(text), audit_outputs_maxText);
	const audit_outputs_findingOf = ({ site, finding }) => ({
		site: shown(siteKey(site)),
		host: finding.host === undefined ? null : shown(finding.host),
		finding: finding.kind,
		certificate: finding.certificates.length === 0 ? null : shown(finding.certificates.join(",")),
		"not-after": (0, outputs.KH)(finding.notAfter) ?? null,
		detail: shown(tracedDetail(finding).en)
	});
	var report_voice = __webpack_require__(8664);
	var discover_select = __webpack_require__(8127);
	var compare = __webpack_require__(9414);
	var ports = __webpack_require__(3041);
	var tencent_hosts = __webpack_require__(1526);
	var concurrency = __webpack_require__(4467);
	var same_time = __webpack_require__(2945);
	var lists = __webpack_require__(9101);
	//! ./lib/audit/words.js
	const maxNames = 3;
	const words_dayMs = 864e5;
	const freeRenewalDays = 15;
	const daysUntil = (time, now) => Math.floor((time - now) / words_dayMs);
	const days = (n) => ({
		en: `${n} day${n === 1 ? "" : "s"}`,
		zh: `${n} 天`
	});
	const idsText = (all) => (0, util_text.p_)(all, maxNames, ({ id }) => id);
	const words_endOf = (all) => (0, certificate.Qd)(all.flatMap(({ notAfter }) => notAfter ?? []));
	const findingAbout = (kind, host, certificates, about) => {
		const end = words_endOf(certificates);
		const notAfter = end === Infinity ? {} : { notAfter: end };
		return {
			kind,
			host,
			certificates: certificates.map(({ id }) => id),
			...notAfter,
			...about
		};
	};
	const renew = {
		en: "Renew the certificate and deploy the new one to the host.",
		zh: "请续期证书，并将新证书部署到该域名。"
	};
	const renewFree = {
		en: "Check that the DNS of the host points to EdgeOne, then apply for the free certificate again, or deploy a certificate of your own.",
		zh: "请确认该域名的 DNS 解析已指向 EdgeOne，然后重新申请免费证书，或部署自有证书。"
	};
	const isFree = (all) => all.every((one) => one.isFree);
	const adviceFor = (all) => isFree(all) ? renewFree : renew;
	const expired = (all, now) => {
		const end = words_endOf(all);
		const ago = days(daysUntil(now, end));
		const free = isFree(all) ? {
			en: " EdgeOne did not renew this free certificate.",
			zh: " EdgeOne 未能续期此免费证书。"
		} : nothing;
		return {
			detail: {
				en: `Certificate ${idsText(all)} expired on ${(0, util_text.vd)(end)}, ${ago.en} ago.${free.en}`,
				zh: `证书 ${idsText(all)} 已于 ${(0, util_text.vd)(end)} 过期（${ago.zh}前）。${free.zh}`
			},
			advice: adviceFor(all)
		};
	};
	const expiring = (all, now) => {
		const end = words_endOf(all);
		const left = days(daysUntil(end, now));
		const free = isFree(all) ? {
			en: ` EdgeOne should have renewed this free certificate ${freeRenewalDays} days before its end.`,
			zh: ` EdgeOne 应在到期前 ${freeRenewalDays} 天自动续期此免费证书，但尚未续期。`
		} : nothing;
		return {
			detail: {
				en: `Certificate ${idsText(all)} expires on ${(0, util_text.vd)(end)}, in ${left.en}.${free.en}`,
				zh: `证书 ${idsText(all)} 将于 ${(0, util_text.vd)(end)} 到期，剩余 ${left.zh}。${free.zh}`
			},
			advice: adviceFor(all)
		};
	};
	const nothing = {
		en: "",
		zh: ""
	};
	const noCertificate = (why) => ({
		detail: {
			off: {
				en: "HTTPS is off: the mode is disable.",
				zh: "HTTPS 未启用：证书配置为 disable（不配置）。"
			},
			none: {
				en: "The host has no certificate.",
				zh: "该域名未配置证书。"
			},
			applying: {
				en: "EdgeOne is still applying for a free certificate; the host has none yet.",
				zh: "EdgeOne 正在申请免费证书，该域名目前没有证书。"
			}
		}[why],
		advice: why === "applying" ? renewFree : {
			en: "Deploy a certificate to the host, or leave the host out with a pattern in `hosts` if it is meant to have none.",
			zh: "请为该域名部署证书；如果确实不需要 HTTPS，请在 `hosts` 中用 `!` 排除该域名。"
		}
	});
	const notCovered = (host, all, names = all.flatMap((one) => one.names ?? [])) => {
		const covered = (0, util_text.KE)([...new Set(names)], maxNames);
		return {
			detail: {
				en: `Certificate ${idsText(all)} is not valid for ${host}; it covers ${covered.en}.`,
				zh: `证书 ${idsText(all)} 不包含 ${host}，其绑定的域名为 ${covered.zh}。`
			},
			advice: {
				en: "Deploy a certificate that covers the host.",
				zh: "请部署包含该域名的证书。"
			}
		};
	};
	const words_failures = {
		failed: {
			en: "the application for it failed",
			zh: "证书申请失败"
		},
		issued: {
			en: "it could not be bound to the host",
			zh: "证书绑定失败"
		}
	};
	const deployFailed = (all) => {
		const [status = ""] = all.map((one) => one.status ?? "");
		const why = words_failures[status] ?? nothing;
		return {
			detail: {
				en: `EdgeOne did not deploy certificate ${idsText(all)}: ${why.en} (status ${status}).`,
				zh: `EdgeOne 未能部署证书 ${idsText(all)}：${why.zh}（状态 ${status}）。`
			},
			advice: isFree(all) ? renewFree : {
				en: "Deploy the certificate to the host again.",
				zh: "请重新将证书部署到该域名。"
			}
		};
	};
	const notTrusted = (distrust) => ({
		detail: {
			en: `This runner does not trust the certificate that is served: ${distrust.en}.`,
			zh: `此 runner 不信任该域名实际返回的证书：${distrust.zh}。`
		},
		advice: {
			en: "Upload the certificate again with its complete chain, and deploy it. If its authority is internal, give its root to the step in NODE_EXTRA_CA_CERTS.",
			zh: "请重新上传带完整证书链的证书并部署。如果证书由内部 CA 签发，请通过 NODE_EXTRA_CA_CERTS 提供其根证书。"
		}
	});
	const elsewhere = {
		detail: {
			en: " EdgeOne itself serves the right one, so the DNS of the host points elsewhere.",
			zh: " EdgeOne 节点返回的证书正确，说明该域名的 DNS 未解析到 EdgeOne。"
		},
		advice: {
			en: "Point the DNS of the host to EdgeOne. If it is to be switched later, set `connect-to: cname`.",
			zh: "请将该域名的 DNS 解析指向 EdgeOne；如果稍后才切换解析，请设置 `connect-to: cname`。"
		}
	};
	const stale = {
		en: "Run the audit again after some minutes. If nothing has changed, deploy the certificate again, or open a ticket with Tencent Cloud.",
		zh: "请几分钟后重新巡检；如果仍未恢复，请重新部署证书，或提交腾讯云工单。"
	};
	const notServed = (seen, { atEdge }) => ({
		detail: atEdge ? {
			en: seen.en + elsewhere.detail.en,
			zh: seen.zh + elsewhere.detail.zh
		} : seen,
		advice: atEdge ? elsewhere.advice : stale
	});
	const anotherLeaf = (address, leaf, now) => {
		const names = (0, util_text.KE)(leaf.names, maxNames);
		const kind = leaf.algorithm ?? "";
		const isOver = leaf.notAfter <= now;
		return {
			en: `${address ?? "It"} serves another certificate than EdgeOne says: ${names.en || "no names"}, ${kind && `${kind}, `}${isOver ? "expired on" : "until"} ${(0, util_text.vd)(leaf.notAfter)}.`,
			zh: `${address === undefined ? "" : `${address} `}返回的证书与 EdgeOne 配置的不同：${names.zh || "无域名"}，${kind && `${kind}，`}${isOver ? "已过期：" : "有效期至 "}${(0, util_text.vd)(leaf.notAfter)}。`
		};
	};
	const noHandshake = ({ text }) => ({
		en: `The TLS handshake failed: ${text.en}.`,
		zh: `TLS 握手失败：\u201c${text.zh}\u201d。`
	});
	const unreachable = (problem, { atEdge }) => {
		const why = problem?.text ?? {
			en: "EdgeOne returned no CNAME for it",
			zh: "EdgeOne 未返回其 CNAME"
		};
		return {
			detail: {
				en: `What the host serves could not be seen: ${why.en}.${atEdge ? elsewhere.detail.en : ""}`,
				zh: `无法查看该域名实际返回的证书：\u201c${why.zh}\u201d。${atEdge ? elsewhere.detail.zh : ""}`
			},
			advice: atEdge ? elsewhere.advice : {
				en: "Check the DNS of the host and the network of the runner, leave the host out with a pattern in `hosts`, or set `connect-to`.",
				zh: "请检查该域名的 DNS 解析和 runner 的网络；也可以在 `hosts` 中用 `!` 排除该域名，或设置 `connect-to`。"
			}
		};
	};
	const unreadable = (problem) => {
		const { row } = problem;
		const fault = (0, model_problem.Ij)(problem);
		return {
			detail: {
				en: `The site could not be read: ${fault.en}`,
				zh: `无法读取该站点：${fault.zh}`
			},
			advice: row === undefined ? again : (0, util_language.ZQ)(row.fix),
			problem
		};
	};
	const again = {
		en: "Run the audit again.",
		zh: "请重新巡检。"
	};
	const notLookedAt = (hosts, all, problem) => {
		const isLate = (0, model_problem.up)(problem, "Network.Deadline");
		const why = isLate ? {
			en: "the deadline passed",
			zh: "已到截止时间"
		} : (0, util_language.CV)(problem.text, (text) => text);
		return {
			detail: {
				en: `${hosts.length} of ${all} hosts were not looked at, because ${why.en}: ${(0, util_text.p_)(hosts, 10)}.`,
				zh: `${all} 个域名中有 ${hosts.length} 个未查看实际返回的证书（${why.zh}）：${(0, util_text.$I)(hosts, 10)}。`
			},
			advice: isLate ? {
				en: "Increase `wait-minutes`, or narrow `hosts`.",
				zh: "请增大 `wait-minutes`，或用 `hosts` 缩小范围。"
			} : again
		};
	};
	//! ./lib/audit/judge.js
	const findingsOfHost = (known, criteria, now) => {
		const { host, certificates } = known;
		const why = withoutCertificate(known);
		if (why !== undefined) return [findingAbout("no-certificate", host.name, [], noCertificate(why))];
		const over = certificates.filter(({ notAfter = Infinity }) => notAfter <= now);
		const due = certificates.filter((one) => !over.includes(one) && isDue(one, criteria, now));
		const failed = certificates.filter((one) => hasFailed(one) && host.status !== "process");
		const strange = certificates.filter(({ names }) => names !== undefined && !(0, certificate.hU)(names, host.name));
		const about = [
			over.length > 0 ? findingAbout("expired", host.name, over, expired(over, now)) : [],
			due.length > 0 ? findingAbout("expiring", host.name, due, expiring(due, now)) : [],
			failed.length > 0 ? findingAbout("deploy-failed", host.name, failed, deployFailed(failed)) : [],
			strange.length > 0 ? findingAbout("not-covered", host.name, strange, notCovered(host.name, strange)) : []
		].flat();
		const isUnsettled = failed.length > 0 || isDeploying(known);
		return [...about, ...findingsOfLook(known, {
			isUnsettled,
			isStrange: strange.length > 0
		}, now)];
	};
	const hasFailed = ({ status = "" }) => (0, lists.EK)(status, "failed", "issued");
	const isDeploying = ({ host, certificates }) => host.status === "process" || certificates.some(({ status = "" }) => (0, lists.EK)(status, "processing", "applying"));
	const withoutCertificate = ({ host, certificates }) => {
		if (host.mode === "disable") return "off";
		const isAwaited = certificates.every(({ status, notAfter }) => status === "applying" && notAfter === undefined);
		if (!isAwaited) return undefined;
		return certificates.length > 0 || host.mode?.startsWith("eofreecert") === true ? "applying" : "none";
	};
	const isDue = ({ notAfter = Infinity, isFree }, criteria, now) => {
		const { expiresWithinDays } = criteria;
		const within = isFree ? Math.min(expiresWithinDays, freeRenewalDays - 1) : expiresWithinDays;
		return notAfter - now < within * words_dayMs;
	};
	const findingsOfLook = (known, { isUnsettled, isStrange }, now) => {
		const { host, certificates, looked } = known;
		if (looked === undefined) return [];
		const { fault, distrust, atEdge } = looked;
		if (fault === undefined) {
			if (distrust === undefined || isExpiryAlone(looked, now)) return [];
			return [findingAbout("not-trusted", host.name, certificates, notTrusted(distrust))];
		}
		const { wrong, served, problem, address } = fault;
		if (wrong === "unreachable") {
			return [findingAbout("unreadable", host.name, [], unreachable(problem, { atEdge }))];
		}
		if (served !== undefined && wrong === "wrong-name" && isPerhaps(certificates, served)) {
			if (isStrange) return [];
			return [findingAbout("not-covered", host.name, certificates, notCovered(host.name, certificates, served.names))];
		}
		if (isUnsettled) return [];
		const seen = served !== undefined ? anotherLeaf(address === host.name ? undefined : address, served, now) : problem && noHandshake(problem);
		return seen === undefined ? [] : [findingAbout("not-served", host.name, certificates, notServed(seen, { atEdge }))];
	};
	const isPerhaps = (certificates, { notAfter }) => certificates.some((one) => one.notAfter === undefined || (0, same_time.fG)(one.notAfter, notAfter));
	const isExpiryAlone = ({ leaves }, now) => leaves.every(({ distrust, notAfter }) => distrust === undefined || notAfter <= now && /^[^;]*\(CERT_HAS_EXPIRED\)$/.test(distrust.en));
	var look = __webpack_require__(8968);
	var sighting = __webpack_require__(7324);
	//! ./lib/audit/served.js
	const targetOf = (host, certificates) => {
		const shown = certificates.filter(({ algorithm }) => algorithm !== "SM2");
		if (shown.length === 0) return undefined;
		const all = shown.map(({ id, algorithm, sslEnd, edgeEnd }) => {
			return {
				certificate: {
					id,
					algorithm,
					sslEnd,
					edgeEnd
				},
				isKept: true,
				rivals: []
			};
		});
		const expected = (0, sighting.K)(all, {
			certificate: {},
			isKept: true,
			rivals: []
		});
		return {
			host: host.name,
			name: (0, sighting.A)(host.name),
			cname: host.cname,
			expected
		};
	};
	const lookAtHost = async (target, connectTo, context) => {
		const first = await glanceAround(target, connectTo, context);
		const looked = first.fault !== undefined && isPassing(first.fault) ? await glanceAround(target, connectTo, context) : first;
		const edge = (0, look.BQ)(target);
		if (looked.fault === undefined || connectTo !== "dns" || edge === undefined) return looked;
		return {
			...looked,
			atEdge: (await (0, look.t5)(target, edge, context)).isRight
		};
	};
	const isPassing = ({ wrong, problem }) => wrong === "unreachable" && problem !== undefined && !(0, lists.EK)(problem.errno ?? "", "ENOTFOUND", "ENODATA");
	const glanceAround = async (target, connectTo, context) => {
		const place = (0, look.$t)(target, { connectTo });
		if (place === undefined) return unseen(target.name);
		const found = await (0, look.sO)(place.host, context);
		if ("why" in found) return unseen(place.host, found.problem);
		const leaves = [];
		const looking = {
			...context,
			handshake: recorded(context.handshake, leaves)
		};
		const seen = [];
		for (const address of found.addresses.toSorted()) {
			const glance = await (0, look.xc)(target, {
				host: address,
				port: place.port
			}, looking);
			if (glance !== "no route") seen.push({
				address: address === target.name ? target.host : address,
				glance
			});
		}
		const wrong = seen.flatMap(({ address, glance }) => glance.isRight ? [] : [{
			...glance,
			address
		}]);
		const fault = wrong.find(({ served }) => served !== undefined) ?? wrong[0];
		const distrust = seen.flatMap(({ glance }) => glance.isRight ? glance.distrust ?? [] : [])[0];
		if (seen.length === 0) return unseen(found.addresses.at(-1) ?? place.host);
		return {
			leaves,
			...fault === undefined ? {} : { fault },
			distrust,
			atEdge: false
		};
	};
	const unseen = (address, problem) => ({
		leaves: [],
		fault: {
			isRight: false,
			wrong: "unreachable",
			text: (0, util_language.ZQ)(""),
			problem,
			address
		},
		atEdge: false
	});
	const recorded = (handshake, leaves) => async (probe, signal) => {
		const served = await handshake(probe, signal);
		leaves.push(served_leafOf(probe, served));
		return served;
	};
	const served_leafOf = ({ at }, { sha256, names, notAfter, algorithm, distrust }) => ({ ...{
		address: at.host,
		algorithm,
		sha256,
		names,
		notAfter,
		distrust
	} });
	//! ./lib/audit/site.js
	const lineEvery = 1e4;
	const auditSite = async (context, spec) => {
		const { zone, options } = spec;
		const about = {
			zone,
			site: options.site
		};
		try {
			const { hosts, skipped, idle } = await context.log.group("Reading", () => readSite(context, spec));
			const certified = await withCertificates(context, hosts);
			const { seen, missed } = await lookAtHosts(context, spec, certified);
			const now = context.clock.now();
			const audited = certified.map(({ host, certificates }) => {
				const looked = seen.get(host);
				const known = {
					host,
					certificates: withSeenEnds(certificates, looked),
					looked
				};
				const findings = findingsOfHost(known, spec.criteria, now);
				const { name, status, mode } = host;
				return {
					host: name,
					status,
					mode,
					certificates: known.certificates,
					served: looked?.leaves ?? [],
					findings
				};
			});
			return {
				site: {
					...about,
					hosts: audited,
					skipped,
					findings: missed
				},
				idle
			};
		} catch (thrown) {
			return {
				site: siteWithout(about, (0, model_problem.H8)(thrown)),
				idle: []
			};
		}
	};
	const siteWithout = (about, problem) => {
		const finding = findingAbout("unreadable", undefined, [], unreadable(problem));
		const findings = (0, model_problem.up)(problem, "Run.Cancelled") ? [] : [finding];
		return {
			...about,
			hosts: [],
			skipped: [],
			findings,
			problem
		};
	};
	const readSite = async (context, { zone, options, selections }) => {
		const { log, warn } = context;
		log.info(`Site ${(0, model_result.pu)({ zone })}`);
		const reader = (0, tencent_hosts.k)(context.call, options.apiVersion, zone.id);
		const all = await reader.all();
		if (reader.listed() === "certificates") log.info("Read with DescribeHostCertificates: DescribeAccelerationDomains is not permitted for this site.");
		if (reader.unlisted() > 0) {
			warn({
				en: "Hosts not read",
				zh: "未读取域名"
			}, {
				en: `EdgeOne counts ${(0, util_text.U9)(all.length + reader.unlisted(), "host")} with a certificate and lists ${all.length}: the others were not looked at (DescribeHostCertificates).`,
				zh: `EdgeOne 统计有 ${all.length + reader.unlisted()} 个域名配置了证书，但只列出 ${all.length} 个，其余未巡检（DescribeHostCertificates）。`
			});
		}
		const selected = all.filter(({ name }) => selections.some((patterns) => (0, discover_select.sp)(patterns, name)));
		const hosts = selected.filter((host) => (0, compare.wT)(host) === undefined);
		const skipped = selected.flatMap((host) => (0, compare.wT)(host) === undefined ? [] : {
			host: host.name,
			status: host.status ?? "unknown"
		});
		log.info(`${(0, util_text.U9)(hosts.length, "host")}: ${(0, util_text.p_)(hosts, 20, ({ name }) => name)}`);
		if (skipped.length > 0) log.info(`Not online, so skipped: ${(0, util_text.p_)(skipped, 20, ({ host, status }) => `${host} (${status})`)}`);
		const including = selections.flat().filter(({ excludes }) => !excludes);
		return {
			hosts,
			skipped,
			idle: including.filter((pattern) => !all.some(({ name }) => pattern.test(name)))
		};
	};
	const site_isFree = ({ mode = "" }) => mode.startsWith("eofreecert");
	const withCertificates = async (context, hosts) => {
		const uploaded = hosts.filter((host) => !site_isFree(host)).flatMap(({ certificates }) => certificates);
		const ids = new Set(uploaded.flatMap(({ id, type }) => type === "default" ? [] : id));
		const known = new Map();
		if (ids.size > 0) {
			try {
				for (const one of await context.shared.certificates([...ids])) known.set(one.id, one);
			} catch (thrown) {
				const problem = (0, model_problem.H8)(thrown);
				if (!(0, model_problem.US)(problem)) throw problem;
				context.withoutSsl(problem);
			}
		}
		return hosts.map((host) => {
			const certificates = host.certificates.map((bound) => {
				const { names, algorithm, notAfter } = known.get(bound.id) ?? {};
				return {
					...bound,
					...{
						names,
						algorithm: algorithm ?? bound.algorithm,
						isFree: site_isFree(host)
					},
					...{
						notAfter: bound.notAfter ?? notAfter,
						edgeEnd: bound.notAfter,
						sslEnd: notAfter
					}
				};
			});
			return {
				host,
				certificates
			};
		});
	};
	const withSeenEnds = (all, looked) => {
		if (looked === undefined || looked.fault !== undefined) return all;
		const endOf = ({ algorithm }) => looked.leaves.find((leaf) => all.length === 1 || leaf.algorithm === algorithm)?.notAfter;
		return all.map((one) => one.notAfter === undefined ? {
			...one,
			notAfter: endOf(one)
		} : one);
	};
	const lookAtHosts = async (context, spec, certified) => {
		const { options, criteria } = spec;
		const seen = new Map();
		const targets = certified.flatMap(({ host, certificates }) => {
			const target = host.mode === "disable" ? undefined : targetOf(host, certificates);
			return criteria.looksAtServed && target !== undefined ? [{
				host,
				target
			}] : [];
		});
		const report = progress(context, targets.length);
		try {
			await (0, concurrency.HN)(targets, ports.F, async ({ host, target }) => {
				context.signal.throwIfAborted();
				seen.set(host, await lookAtHost(target, options.connectTo, context));
				report(seen.size);
			});
			return {
				seen,
				missed: []
			};
		} catch (thrown) {
			const problem = (0, model_problem.H8)(thrown);
			if (!context.signal.aborted) throw problem;
			if (context.cancelled.aborted) return {
				seen,
				missed: []
			};
			const missed = targets.flatMap(({ host }) => seen.has(host) ? [] : host.name);
			return {
				seen,
				missed: [findingAbout("unreadable", undefined, [], notLookedAt(missed, targets.length, problem))]
			};
		}
	};
	const progress = ({ log, clock }, all) => {
		let last = clock.now();
		return (done) => {
			if (done < all && clock.now() - last < lineEvery) return;
			last = clock.now();
			log.info(`${done}/${(0, util_text.U9)(all, "host")} looked at`);
		};
	};
	var credentials_account = __webpack_require__(3964);
	var zone = __webpack_require__(9169);
	var fleet = __webpack_require__(8160);
	var site_log = __webpack_require__(450);
	//! ./lib/fleet/audit.js
	const width = 128;
	const auditFleet = (world, task, options) => (0, fleet.N)(world, task.accounts, options, (own, account, shared) => auditOne(own, account, task, shared));
	const auditOne = async (world, { name, account, entries }, task, options) => {
		const named = (site) => name === undefined ? site : {
			...site,
			account: name
		};
		try {
			const context = await (0, credentials_account.J)(world, account, options);
			return (await auditAccount(context, entries, task)).map(named);
		} catch (thrown) {
			return entries.flatMap((entry) => unread(entry, (0, model_problem.H8)(thrown))).map(named);
		}
	};
	const unread = ({ zones, options: { site } }, problem) => refsOf(zones).map((zone) => siteWithout({
		zone,
		site
	}, problem));
	const refsOf = (zones) => {
		switch (zones.by) {
			case "id": return zones.ids.map((id) => ({ id }));
			case "name": return zones.names.map((name) => ({ name }));
			case "all": return [{ name: "all" }];
			default: return zones;
		}
	};
	const auditAccount = async (context, entries, { criteria, accounts }) => {
		const found = await sitesOf(context, entries);
		const lost = found.flatMap(({ entry, lookup }) => "problem" in lookup ? siteWithout({
			zone: lookup.zone,
			site: entry.options.site
		}, lookup.problem) : []);
		const specs = specsOf(found, criteria);
		const isOne = accounts.length === 1 && specs.length + lost.length === 1;
		let isTold = false;
		const own = {
			...context,
			withoutSsl: (problem) => {
				if (!isTold) tellWithoutSsl(context, problem);
				isTold = true;
			}
		};
		const works = specs.map((spec) => isOne ? {
			spec,
			own,
			flush: async () => undefined
		} : oneOfMany(own, spec));
		const audits = new Map();
		await (0, concurrency.HN)(works, width, async ({ spec, own: its }) => {
			audits.set(spec, await auditSite(its, spec));
			if (!isOne) context.log.info(`${audits.size}/${(0, util_text.U9)(specs.length, "site")} audited`);
		});
		for (const { flush } of works) await flush();
		warnIdle(context, entries, audits);
		return [...specs.flatMap((spec) => audits.get(spec)?.site ?? []), ...lost];
	};
	const oneOfMany = (context, spec) => {
		const { name, own, flush } = (0, site_log.h)(context, spec);
		return {
			spec,
			own,
			flush: () => flush(name)
		};
	};
	const tellWithoutSsl = ({ log }, { code }) => log.annotate({
		level: "notice",
		title: {
			en: "Certificates not read",
			zh: "未读取证书"
		},
		message: {
			en: `This key may not read certificates in SSL Certificate Service (${code}); allow ssl:DescribeCertificates. What EdgeOne says of them is taken: whether they cover their hosts is only seen in what the hosts serve.`,
			zh: `此密钥无权读取 SSL 证书服务中的证书（${code}），请授予 ssl:DescribeCertificates 权限。本次以 EdgeOne 返回的信息为准，证书是否包含域名只能从实际返回的证书判断。`
		}
	});
	const sitesOf = async (context, entries) => {
		const readers = new Map();
		for (const { options } of entries) {
			const { apiVersion } = options;
			const same = entries.filter((one) => one.options.apiVersion === apiVersion);
			const names = new Set(same.flatMap(({ zones }) => zones.by === "name" ? zones.names : []));
			if (!readers.has(apiVersion)) readers.set(apiVersion, (0, zone.K)(context, apiVersion, {
				names: [...names],
				ids: [],
				locked: "taken"
			}));
		}
		const each = entries.map(async (entry) => {
			const reader = readers.get(entry.options.apiVersion);
			try {
				const lookups = reader === undefined ? [] : await lookUp(entry.zones, reader);
				return lookups.map((lookup) => ({
					entry,
					lookup
				}));
			} catch (thrown) {
				const problem = (0, model_problem.H8)(thrown);
				return refsOf(entry.zones).map((zone) => ({
					entry,
					lookup: {
						zone,
						problem
					}
				}));
			}
		});
		return (await Promise.all(each)).flat();
	};
	const lookUp = async (zones, reader) => {
		if (zones.by === "id") return zones.ids.map((id) => ({ zone: { id } }));
		if (zones.by === "name") return Promise.all(zones.names.map(reader.named));
		const all = (await reader.all()).filter(({ status }) => status !== "initializing");
		if (all.length === 0) throw (0, model_problem.O3)("Input.ZoneName", { message: noSite });
		return all.map((zone) => ({ zone }));
	};
	const noSite = {
		en: "The key has access to no site in use",
		zh: "此密钥没有可访问的、正在使用的站点"
	};
	const specsOf = (found, criteria) => {
		const specs = new Map();
		for (const { entry, lookup } of found) {
			if ("problem" in lookup) continue;
			const { patterns, ...options } = entry.options;
			const { id, name } = lookup.zone;
			const known = specs.get(id) ?? {
				zone: { id },
				selections: [],
				options,
				criteria
			};
			const zone = name === undefined ? known.zone : {
				id,
				name
			};
			specs.set(id, {
				...known,
				zone,
				selections: [...known.selections, patterns]
			});
		}
		return [...specs.values()];
	};
	const warnIdle = ({ warn }, entries, audits) => {
		const idle = [...audits.values()].map((one) => new Set(one.idle));
		if ([...audits.values()].some(({ site }) => site.problem !== undefined)) return;
		for (const { options } of entries) {
			const asked = [...audits.keys()].filter(({ selections }) => selections.includes(options.patterns)).length;
			for (const pattern of options.patterns) {
				if (pattern.excludes || asked === 0 || idle.filter((one) => one.has(pattern)).length < asked) continue;
				warn({
					en: "Hosts",
					zh: "域名"
				}, {
					en: `The pattern \u201c${pattern.text}\u201d matches no host of ${asked === 1 ? "the site" : "its sites"}.`,
					zh: `\u201c${pattern.text}\u201d 未匹配到任何域名。`
				});
			}
		}
	};
	var hostname = __webpack_require__(7512);
	var inputs_hosts = __webpack_require__(8210);
	var inputs = __webpack_require__(7499);
	var inputs_reader = __webpack_require__(178);
	var inputs_table = __webpack_require__(4565);
	//! ./lib/inputs/audit.js
	const parseAuditInputs = (env) => {
		const reader = (0, inputs_reader.cN)(env);
		(0, inputs.Fl)(reader);
		const entry = parseEntry(reader, "patterns");
		const account = (0, inputs.J5)(reader);
		const waitMs = (0, inputs.DF)(reader);
		const criteria = parseCriteria(reader);
		reader.flag("comment-on-pull-request");
		reader.flag("open-issue");
		if (!criteria.looksAtServed && entry.options.connectTo !== "dns") reader.wrong("connect-to", (0, inputs_reader.hD)(reader.get("connect-to")), {
			en: "nothing without look-at-served",
			zh: "空：look-at-served 为 false 时不能使用"
		});
		if (reader.findings.length > 0) throw (0, inputs.CO)("Input.Invalid", reader.findings);
		return {
			accounts: [{
				account,
				entries: [entryAt(entry, account)]
			}],
			waitMs,
			criteria
		};
	};
	const parseCriteria = (reader) => {
		const { minimum, maximum } = inputs_table.Zz["expires-within-days"];
		const fits = (n) => n >= minimum && n <= maximum;
		const expiresWithinDays = reader.quantity("expires-within-days", fits, {
			en: `a number of days, at most ${maximum}`,
			zh: `天数，最大 ${maximum}`
		});
		return {
			expiresWithinDays,
			looksAtServed: reader.flag("look-at-served"),
			failOn: parseFailOn(reader)
		};
	};
	const parseFailOn = ({ get, wrong }) => {
		const listed = [...new Set((0, hostname.jO)(get("fail-on")))];
		if (listed.length === 1 && listed[0] === "none") return [];
		const known = findingKinds.filter((kind) => listed.includes(kind));
		for (const word of listed) {
			const expected = word === "none" ? {
				en: "none alone, or kinds of findings",
				zh: "单独填写 none，或填写问题的类型"
			} : {
				en: `any of ${findingKinds.join(", ")}; or none`,
				zh: `${findingKinds.join("、")} 中的任意几项，或 none`
			};
			if (!known.some((kind) => kind === word)) wrong("fail-on", (0, inputs_reader.hD)(word), expected);
		}
		if (listed.length === 0) wrong("fail-on", {
			en: "a list without an entry",
			zh: "不含任何条目的列表"
		}, {
			en: "kinds of findings, or none",
			zh: "问题的类型，或 none"
		});
		return known;
	};
	const entryAt = (entry, { site }) => ({
		...entry,
		options: {
			...entry.options,
			site
		}
	});
	const parseEntry = (reader, hosts) => {
		const zones = (0, inputs_hosts.qJ)(reader);
		const patterns = hosts === "by match" ? parseByMatch(reader, zones) : parsePatterns(reader);
		const apiVersion = reader.choice("api-version");
		const connectTo = (0, inputs.zs)(reader);
		if (connectTo === "cname" && apiVersion === "2022-01-06") reader.wrong("connect-to", (0, util_language.ZQ)("cname"), {
			en: "a host or an address: api-version 2022-01-06 returns no CNAME",
			zh: "主机名或地址：api-version 2022-01-06 不返回 CNAME"
		});
		return {
			zones,
			options: {
				patterns,
				apiVersion,
				connectTo
			}
		};
	};
	const parsePatterns = (reader) => {
		const take = (0, inputs_hosts.e)(reader);
		return listedIn(reader).flatMap((entry) => take((0, hostname.EY)(entry), entry));
	};
	const listedIn = ({ get }) => [...new Set((0, hostname.jO)(get("hosts")))];
	const parseByMatch = (reader, zones) => {
		const usual = zones.by === "all" ? "certificate" : "exact";
		const match = reader.get("match") === "" ? usual : reader.choice("match");
		if (match !== "exact") return parsePatterns(reader);
		const take = (0, inputs_hosts.e)(reader);
		return listedIn(reader).flatMap((entry) => take((0, hostname.o6)(entry), entry)).map(named);
	};
	const named = (host) => ({
		text: host,
		excludes: false,
		test: (other) => other === host
	});
	const auditKeys = [
		"zone-id",
		"zone-name",
		"hosts",
		"match",
		"api-version",
		"connect-to",
		"wait-minutes"
	];
	const auditedEntry = {
		keys: auditKeys,
		parse: (reader) => {
			const entry = parseEntry(reader, "by match");
			return (account, at) => ({
				...entryAt(entry, account),
				at
			});
		}
	};
	var secrets = __webpack_require__(9516);
	var task = __webpack_require__(7040);
	//! ./lib/inputs/audit-task.js
	const readAuditTask = async (world) => {
		const { env, log } = world;
		for (const secret of (0, secrets.V)(env)) log.mask(secret);
		const file = await (0, task.$V)(world);
		if (file === undefined) return parseAuditInputs(env);
		const reader = (0, inputs_reader.cN)(env);
		const criteria = parseCriteria(reader);
		reader.flag("open-issue");
		const { parseManifestAs } = await (0, task.rk)();
		try {
			const task = parseManifestAs(auditedEntry, env, file, log.mask);
			if (reader.findings.length === 0) return {
				...task,
				criteria
			};
		} catch (thrown) {
			if (!(thrown instanceof model_problem.AF)) throw thrown;
			throw (0, inputs.CO)("Input.Manifest", [...reader.findings, ...thrown.findings]);
		}
		throw (0, inputs.CO)("Input.Invalid", reader.findings);
	};
	var scrubbed = __webpack_require__(8179);
	var run_record = __webpack_require__(1574);
	var version = __webpack_require__(2352);
	//! ./lib/run-audit.js
	const maxLines = 200;
	const runAudit = async (world) => {
		const record = recordOf(world);
		try {
			const task = await readAuditTask(world);
			record.works(task);
			world.log.info(`EdgeOne certificate audit ${version.r}`);
			const sites = await auditFleet(world, task, {
				...record,
				deadline: record.start + task.waitMs
			});
			return record.result(sites, stopOf(world, sites));
		} catch (thrown) {
			return record.result([], (0, model_problem.H8)(thrown));
		}
	};
	const stopOf = ({ cancelled }, sites) => {
		if (cancelled.aborted) return (0, model_problem.H8)(cancelled.reason);
		const failed = sites.flatMap((site) => site.problem === undefined ? [] : {
			site,
			problem: site.problem
		});
		const [first] = failed;
		if (first === undefined || failed.length < sites.length) return undefined;
		if (new Set(failed.map(({ problem }) => problem.code)).size === 1) return (0, model_problem.jV)(failed.map(({ problem }) => problem));
		const faults = failed.map(({ site, problem }) => (0, util_language.CV)((0, model_problem.Ij)(problem), (text) => `${(0, model_result.Ku)(site)}: ${text}`));
		const each = (0, util_text.G6)(faults, 5);
		return (0, model_problem.O3)("Run.SitesFailed", { message: {
			en: `None of ${(0, util_text.U9)(sites.length, "site")} could be read. ${each.en}`,
			zh: `${sites.length} 个站点均无法读取。${each.zh}`
		} });
	};
	const noCriteria = {
		expiresWithinDays: 0,
		looksAtServed: false,
		failOn: []
	};
	const recordOf = (world) => {
		const record = (0, run_record.D)(world);
		const { log, clock, language } = world;
		let task;
		let deadline;
		const works = (read) => {
			task = read;
			deadline = record.start + read.waitMs;
			record.tellShare(read);
		};
		const result = async (sites, problem) => {
			record.warnUnknown("audit");
			const { calls, warnings } = record;
			const { criteria = noCriteria, shard } = task ?? {};
			const all = {
				problem,
				sites,
				criteria,
				calls,
				warnings,
				shard,
				language,
				at: clock.now(),
				deadline
			};
			await tellFindings(world, all);
			record.end([problem, ...sites.map((site) => site.problem)]);
			const clean = sites.map((site) => (0, scrubbed.f)(site, log.scrub));
			return {
				...(0, scrubbed.f)({
					...all,
					sites: []
				}, log.scrub),
				sites: clean
			};
		};
		return {
			...record,
			works,
			result
		};
	};
	const tellFindings = async ({ log }, result) => {
		const found = findingsOf(result);
		if (found.length > 0) {
			await log.group((0, util_text.U9)(found.length, "finding"), async () => {
				for (const { site, finding } of found.slice(0, maxLines)) log.info(`${finding.kind}: ${finding.host ?? (0, model_result.Ku)(site)}: ${tracedDetail(finding).en}`);
				if (found.length > maxLines) log.info(`and ${found.length - maxLines} more`);
			});
		}
	};
	//! ./lib/auditing.js
	const audit = async (world) => {
		const { clock } = world;
		const start = clock.now();
		const result = await runAudit(world);
		const voice = await (0, report_voice.s)(result.language);
		const issue = issueOf(result, voice);
		return {
			isOk: isOk(result),
			deadline: result.deadline,
			annotations: auditAnnotations(result, voice),
			report: () => ({
				outputs: auditOutputsOf(result),
				document: auditDocumentOf(result),
				summary: auditSummaryOf(result, voice)
			}),
			comment: () => auditCommentOf(result, voice),
			...issue === undefined ? {} : { issue },
			end: () => auditLastLine(result, clock.now() - start)
		};
	};
}) };
