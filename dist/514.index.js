export const id = 514;
export const ids = [514];
export const modules = { 6514: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
	__webpack_require__.d(__webpack_exports__, {
		commentOn: () => commentOn,
		keepIssue: () => posts_keepIssue
	});
	var util_language = __webpack_require__(9932);
	//! ./lib/report/kept.js
	const posts = {
		comment: {
			name: {
				en: "Pull request comment",
				zh: "拉取请求评论"
			},
			permission: "pull-requests"
		},
		issue: {
			name: (0, util_language.ZQ)("Issue"),
			permission: "issues"
		}
	};
	const leftText = ({ why, detail }, what) => {
		const { name, permission } = posts[what];
		const reason = reasons[why](detail, permission);
		return {
			en: `${name.en} not written: ${reason.en}`,
			zh: `未写入${what === "issue" ? " Issue" : name.zh}：${reason.zh}`
		};
	};
	const reasons = {
		"no token": () => ({
			en: "the input github-token holds no token. It defaults to the token of the job; secrets are empty in a pull request from a fork.",
			zh: "输入参数 github-token 中没有令牌。默认使用作业的令牌；来自 fork 的拉取请求中，secrets 为空。"
		}),
		"no pull request": (event) => ({
			en: `the event ${event === "" ? "of this run" : `\u201c${event}\u201d`} belongs to no pull request.`,
			zh: `触发本次运行的事件${event === "" ? "" : `\u201c${event}\u201d`}不属于任何拉取请求。`
		}),
		refused: (detail, permission) => ({
			en: `GitHub refused it (${detail}). The job needs the permission \u201c${permission}: write\u201d; in a pull request from a fork, its token may only read.`,
			zh: `GitHub 拒绝了写入（${detail}）。作业需要权限 \u201c${permission}: write\u201d；在来自 fork 的拉取请求中，作业的令牌只能读取。`
		}),
		"rate limit": (detail) => ({
			en: `GitHub\u2019s rate limit is used up (${detail}).`,
			zh: `已达到 GitHub 的频率限制（${detail}）。`
		}),
		fault: (detail) => ({
			en: `GitHub could not be reached, or did not do it (${detail}).`,
			zh: `无法连接 GitHub，或 GitHub 未能完成写入（${detail}）。`
		}),
		deadline: (detail) => ({
			en: `${detail}.`,
			zh: "GitHub 未在截止时间前响应。"
		}),
		cancelled: (detail) => ({
			en: `${detail}.`,
			zh: "运行已取消。"
		})
	};
	var external_node_crypto_ = __webpack_require__(7598);
	var util_text = __webpack_require__(8805);
	//! ./lib/report/post.js
	const maxBody = 65536;
	const maxTitle = 256;
	const postTitle = (text) => (0, util_text.DD)(text.toWellFormed(), maxTitle);
	const markerOf = (what, env, share) => {
		const [file] = /^.*?\.ya?ml(?=@)/.exec(env["GITHUB_WORKFLOW_REF"] ?? "") ?? [];
		const place = [
			file ?? env["GITHUB_WORKFLOW"],
			env["GITHUB_JOB"],
			env["GITHUB_ACTION"],
			share
		];
		const hash = (0, external_node_crypto_.createHash)("sha256").update(JSON.stringify(place.map((part) => part ?? "")));
		return `<!-- edgeone-certificate ${what} ${hash.digest("hex").slice(0, 32)} -->`;
	};
	const runPage = ({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }) => {
		const server = URL.parse(GITHUB_SERVER_URL ?? "https://github.com");
		const path = `/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
		const isPlain = server !== null && /^https?:$/.test(server.protocol) && /^[\w./-]+\/actions\/runs\/\d+$/.test(path);
		return isPlain ? `${server.origin}${path}` : undefined;
	};
	const postBody = (what, markdown, marker, { env, language }) => {
		const page = runPage(env);
		const summary = (0, util_language.r7)(language, {
			en: "job summary",
			zh: "作业摘要"
		});
		const { more, cut } = leads(page === undefined ? summary : `[${summary}](${page})`);
		const head = `${marker}\n\n`;
		const foot = what === "comment" ? `\n\n${(0, util_language.r7)(language, more)}\n` : "\n";
		const rest = `\n\n${(0, util_language.r7)(language, cut)}\n`;
		const text = markdown.toWellFormed().trimEnd();
		if (head.length + text.length + foot.length <= maxBody) return head + text + foot;
		return head + beginningOf(text, maxBody - head.length - rest.length) + rest;
	};
	const leads = (summary) => ({
		more: {
			en: `More in the ${summary} of this run.`,
			zh: `更多内容见本次运行的${summary}。`
		},
		cut: {
			en: `This is not all: there was no room for the rest, which is in the ${summary} of this run.`,
			zh: `内容过长，其余部分见本次运行的${summary}。`
		}
	});
	const beginningOf = (markdown, max) => {
		const lines = markdown.split("\n");
		let [size, best] = [0, ""];
		let open = {
			fence: undefined,
			folded: 0
		};
		const kept = [];
		for (const [i, line] of lines.entries()) {
			size += line.length + 1;
			if (size > max) break;
			kept.push(line);
			open = after(open, line);
			const end = "\n\n</details>".repeat(open.folded);
			const isWhole = open.fence === undefined && !isRule(lines[i + 1]) && !isRule(line) && size + end.length <= max;
			if (isWhole) best = `${kept.join("\n")}${end}`;
		}
		return best;
	};
	const isRule = (line = "") => /^\|(?: ?:?-+:? ?\|)+$/.test(line);
	const after = ({ fence, folded }, line) => {
		const [mark] = /^ {0,3}(?:`{3,}|~{3,})/.exec(line) ?? [];
		if (fence !== undefined) return {
			fence: line.trim().startsWith(fence) && isOnly(line.trim(), fence) ? undefined : fence,
			folded
		};
		if (mark !== undefined) return {
			fence: mark.trim(),
			folded
		};
		if (line.startsWith("<details")) return {
			fence,
			folded: folded + 1
		};
		return {
			fence,
			folded: line.startsWith("</details>") ? Math.max(0, folded - 1) : folded
		};
	};
	const isOnly = (text, fence) => text === (fence[0] ?? "").repeat(text.length);
	var github = __webpack_require__(2413);
	var json = __webpack_require__(8884);
	//! ./lib/model/github.js
	const marked = (posts, marker) => posts.filter(({ body }) => linesOf(body)[0] === marker);
	const linesOf = (text) => text.trimEnd().split(/\r?\n/);
	const isSame = (a, b) => linesOf(a).join("\n") === linesOf(b).join("\n");
	const commentChange = (ours, { body }) => {
		const [post] = ours;
		if (post === undefined) return { kind: "create" };
		return {
			kind: isSame(post.body, body) ? "none" : "update",
			post
		};
	};
	const issueChange = (ours, wanted) => {
		const open = ours.find(({ state }) => state === "open");
		if (wanted.state === "closed") return open === undefined ? { kind: "absent" } : {
			kind: "close",
			post: open
		};
		const { title, body } = wanted;
		const post = open ?? ours.toSorted((a, b) => b.id - a.id)[0];
		if (post === undefined) return {
			kind: "create",
			title
		};
		if (post.state === "closed") return {
			kind: "reopen",
			title,
			post
		};
		return post.title === title && isSame(post.body, body) ? {
			kind: "none",
			post
		} : {
			kind: "update",
			title,
			post
		};
	};
	const pullRequestOf = (event, payload) => {
		const { pull_request: request, issue, merge_group: group } = (0, json.Pf)(payload);
		switch (event) {
			case "pull_request":
			case "pull_request_target": return (0, json.rl)((0, json.Pf)(request)["number"]);
			case "issue_comment": return (0, json.Ce)((0, json.Pf)(issue)["pull_request"]) ? (0, json.rl)((0, json.Pf)(issue)["number"]) : undefined;
			case "merge_group": return queued((0, json.Pf)(group)["head_ref"]);
			default: return undefined;
		}
	};
	const queued = (ref) => {
		const [, number] = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d{1,15})-[\da-f]{40,64}$/.exec((0, json.b6)(ref) ?? "") ?? [];
		return number === undefined ? undefined : Number(number);
	};
	var model_problem = __webpack_require__(1246);
	var external_node_buffer_ = __webpack_require__(4573);
	var version = __webpack_require__(2352);
	//! ./lib/runner/github-api.js
	const perPage = 100;
	const gitHubApi = ({ env, send, log, token }, signal) => {
		const baseUrl = (env["GITHUB_API_URL"] || "https://api.github.com").replace(/\/+$/, "");
		const { debug } = log;
		const quiet = {
			debug: () => {},
			info: () => {},
			warn: debug,
			error: debug
		};
		const userAgent = `edgeone-certificate/${version.r}`;
		const octokit = (0, github.Q)(token, {
			baseUrl,
			userAgent,
			log: quiet,
			request: { fetch: fetchBy(send, signal) }
		});
		const { issues } = octokit.rest;
		const [owner = "", repo = ""] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
		const at = {
			owner,
			repo
		};
		return {
			comments: async (number) => {
				const all = await paged(async (page) => (await issues.listComments({
					...at,
					issue_number: number,
					per_page: perPage,
					page
				})).data);
				return all.map(postOf);
			},
			createComment: async (number, body) => postOf((await issues.createComment({
				...at,
				issue_number: number,
				body
			})).data),
			updateComment: async (id, body) => postOf((await issues.updateComment({
				...at,
				comment_id: id,
				body
			})).data),
			issues: async (labels) => {
				const all = await paged(async (page) => (await issues.listForRepo({
					...at,
					labels,
					state: "all",
					per_page: perPage,
					page
				})).data);
				return all.filter(({ pull_request: request }) => !(0, json.Ce)(request)).map(issueOf);
			},
			createIssue: async (title, body, label) => issueOf((await issues.create({
				...at,
				title,
				body,
				labels: [label]
			})).data),
			updateIssue: async (number, changes) => issueOf((await issues.update({
				...at,
				issue_number: number,
				...changes
			})).data),
			viewer: async () => {
				const { viewer } = (0, json.Pf)(await octokit.graphql("query { viewer { databaseId } }"));
				return (0, json.rl)((0, json.Pf)(viewer)["databaseId"]) ?? unreadable("does not say whose token it is");
			}
		};
	};
	const unreadable = (what) => {
		throw (0, model_problem.O3)("Network.Response", { message: (0, util_language.ZQ)(`The answer of GitHub ${what}`) });
	};
	const paged = async (read) => {
		const all = [];
		for (let page = 1;; page += 1) {
			const data = await read(page);
			if (!Array.isArray(data)) return unreadable("is not a list");
			all.push(...(0, json.c3)(data));
			if (data.length < perPage) return all;
		}
	};
	const textIn = (fields, name) => (0, json.b6)(fields[name]) ?? "";
	const postOf = (data) => {
		const fields = (0, json.Pf)(data);
		const id = (0, json.rl)(fields["id"]) ?? unreadable("is not a comment");
		const author = (0, json.rl)((0, json.Pf)(fields["user"])["id"]);
		return {
			id,
			url: textIn(fields, "html_url"),
			body: textIn(fields, "body"),
			author
		};
	};
	const issueOf = (data) => {
		const fields = (0, json.Pf)(data);
		const id = (0, json.rl)(fields["number"]) ?? unreadable("is not an issue");
		const state = fields["state"] === "closed" ? "closed" : "open";
		return {
			...postOf(data),
			id,
			title: textIn(fields, "title"),
			state
		};
	};
	const fetchBy = (send, signal) => async (address, { method, headers, body = "" }) => {
		const url = new URL(address);
		const verb = method === "POST" ? {} : { method };
		const answer = await send({
			...verb,
			url,
			headers,
			body: external_node_buffer_.Buffer.from(body)
		}, signal);
		const isBodyless = answer.status === 204 || answer.status === 205 || answer.status === 304;
		return new Response(isBodyless ? null : answer.body, {
			status: answer.status,
			headers: answer.headers
		});
	};
	//! ./lib/runner/github-faults.js
	const secondaryMs = 6e4;
	const statusOf = (thrown) => isObject(thrown) && isObject(thrown["response"]) ? (0, json.rl)(thrown["status"]) : undefined;
	const faultOf = (thrown, now, backOff) => {
		const status = statusOf(thrown);
		if (status === undefined) return withoutAnswer(thrown, backOff);
		const { headers, data } = (0, json.Pf)((0, json.Pf)(isObject(thrown) ? thrown["response"] : undefined));
		const said = (0, json.b6)((0, json.Pf)(data)["message"]) ?? "";
		const detail = [`HTTP ${status}`, said].filter((part) => part !== "").join(": ");
		if (status >= 500) return {
			why: "fault",
			detail: `HTTP ${status}`,
			pauseMs: backOff
		};
		const limit = limitOf(status, (0, json.Pf)(headers), said);
		if (limit === undefined) return {
			why: isAccess(status, said) ? "refused" : "fault",
			detail
		};
		const pauseMs = Math.max(backOff, limit.until === undefined ? limit.waitMs : limit.until - now);
		return {
			why: "rate limit",
			detail: `${detail}; until ${(0, util_text.rb)(now + pauseMs)}`,
			pauseMs
		};
	};
	const isAccess = (status, said) => (status === 401 || status === 403 || status === 404) && !/\blocked\b/.test(said);
	const limitOf = (status, headers, said) => {
		if (status !== 403 && status !== 429) return undefined;
		const number = (name) => (0, json.rl)(Number.parseInt((0, json.b6)(headers[name]) ?? "", 10));
		const [after, remaining, reset] = [
			number("retry-after"),
			number("x-ratelimit-remaining"),
			number("x-ratelimit-reset")
		];
		if (after !== undefined) return { waitMs: 1e3 * after };
		if (remaining === 0 && reset !== undefined) return { until: 1e3 * reset };
		return status === 429 || /rate limit/i.test(said) ? { waitMs: secondaryMs } : undefined;
	};
	const withoutAnswer = (thrown, backOff) => {
		const errors = isObject(thrown) ? (0, json.c3)(thrown["errors"]) : [];
		const [first] = errors;
		if (first !== undefined) {
			const detail = (0, json.b6)(first["message"]) ?? "GraphQL";
			return first["type"] === "RATE_LIMITED" ? {
				why: "rate limit",
				detail,
				pauseMs: secondaryMs
			} : {
				why: "refused",
				detail
			};
		}
		const cause = thrown instanceof Error && thrown.cause instanceof model_problem.AF ? thrown.cause : thrown;
		const problem = (0, model_problem.H8)(cause);
		const end = endOf(problem);
		if (end !== undefined) return {
			why: end,
			detail: problem.message
		};
		return {
			why: "fault",
			detail: problem.message,
			...problem.row?.retry === undefined ? {} : { pauseMs: backOff }
		};
	};
	const endOf = (problem) => {
		if ((0, model_problem.up)(problem, "Run.Cancelled")) return "cancelled";
		return (0, model_problem.up)(problem, "Network.Deadline") ? "deadline" : undefined;
	};
	const isObject = (value) => typeof value === "object" && value !== null;
	//! ./lib/runner/github.js
	const maxAttempts = 3;
	const firstPause = 1e3;
	const maxPause = 6e4;
	const maxMs = 12e4;
	const lastMs = 15e3;
	const gitHub = (options) => ({
		keepComment: async (wanted) => {
			const number = pullRequestOf(github._.eventName, github._.payload);
			if (number === undefined) return {
				done: "left",
				why: "no pull request",
				detail: github._.eventName ?? ""
			};
			return attempted(options, (api) => keepComment(api, number, wanted));
		},
		keepIssue: (wanted) => attempted(options, (api) => keepIssue(api, wanted))
	});
	const attempted = async (options, keep) => {
		const { token, clock, log, cancelled, deadline } = options;
		if (!/^[\x21-\x7e]+$/.test(token)) return {
			done: "left",
			why: "no token",
			detail: ""
		};
		const late = () => (0, model_problem.O3)("Network.Deadline", { message: (0, util_language.ZQ)("GitHub did not answer in time") });
		const leftMs = Math.max(lastMs, Math.min(maxMs, deadline - clock.now()));
		const signal = AbortSignal.any([cancelled, clock.alarm(clock.now() + leftMs, late)]);
		for (let n = 1;; n += 1) {
			try {
				return await keep(gitHubApi(options, signal));
			} catch (thrown) {
				const backOff = firstPause * 2 ** (n - 1) * (1 + clock.random());
				const { why, detail, pauseMs } = faultOf(thrown, clock.now(), backOff);
				const isOver = pauseMs === undefined || pauseMs > maxPause || clock.now() + pauseMs >= deadline;
				if (isOver || n === maxAttempts) return {
					done: "left",
					why,
					detail
				};
				log.info(`GitHub: ${detail}; trying again in ${(0, util_text.p0)(pauseMs)}`);
				await clock.sleep(pauseMs, signal).catch(() => undefined);
			}
		}
	};
	const oursOf = async (api, posts, marker) => {
		const found = marked(posts, marker);
		if (found.length === 0) return [];
		const viewer = await api.viewer();
		return found.filter(({ author }) => author === viewer);
	};
	const keepComment = async (api, number, wanted) => {
		const { marker, body } = wanted;
		const change = commentChange(await oursOf(api, await api.comments(number), marker), wanted);
		const create = async () => ({
			done: "created",
			url: (await api.createComment(number, body)).url
		});
		switch (change.kind) {
			case "create": return create();
			case "none": return {
				done: "unchanged",
				url: change.post.url
			};
			case "update": return unlessGone(async () => ({
				done: "updated",
				url: (await api.updateComment(change.post.id, body)).url
			}), create);
		}
	};
	const keepIssue = async (api, wanted) => {
		const { marker, label, body } = wanted;
		const change = issueChange(await oursOf(api, await api.issues(label), marker), wanted);
		const create = async (title) => ({
			done: "created",
			url: (await api.createIssue(title, body, label)).url
		});
		switch (change.kind) {
			case "absent": return { done: "absent" };
			case "none": return {
				done: "unchanged",
				url: change.post.url
			};
			case "create": return create(change.title);
			case "close": {
				const closed = {
					body,
					state: "closed",
					state_reason: "completed"
				};
				const close = async () => ({
					done: "closed",
					url: (await api.updateIssue(change.post.id, closed)).url
				});
				return unlessGone(close, async () => ({ done: "absent" }));
			}
			case "reopen":
			case "update": {
				const { kind, title, post } = change;
				const state = kind === "reopen" ? {
					state: "open",
					state_reason: "reopened"
				} : {};
				const done = kind === "reopen" ? "reopened" : "updated";
				const update = async () => ({
					done,
					url: (await api.updateIssue(post.id, {
						title,
						body,
						...state
					})).url
				});
				return unlessGone(update, () => create(title));
			}
		}
	};
	const unlessGone = async (change, otherwise) => {
		try {
			return await change();
		} catch (thrown) {
			const status = statusOf(thrown);
			if (status === 404 || status === 410) return otherwise();
			throw thrown;
		}
	};
	//! ./lib/posts.js
	const usualMs = 6e4;
	const label = "edgeone-certificate";
	const commentOn = async (world, options) => {
		const wanted = posts_postOf("comment", world, options);
		tell(world.log, await gitHub(optionsOf(world, options)).keepComment(wanted), "comment");
	};
	const posts_keepIssue = async (world, { title, ...options }) => {
		const post = {
			...posts_postOf("issue", world, options),
			label
		};
		const { scrub } = world.log;
		const wanted = title === undefined ? {
			...post,
			state: "closed"
		} : {
			...post,
			state: "open",
			title: postTitle(scrub(title))
		};
		tell(world.log, await gitHub(optionsOf(world, options)).keepIssue(wanted), "issue");
	};
	const posts_postOf = (what, { env, language, log }, { share, markdown }) => {
		const marker = markerOf(what, env, share);
		return {
			marker,
			body: postBody(what, log.scrub(markdown), marker, {
				env,
				language
			})
		};
	};
	const optionsOf = (world, { token, deadline }) => ({
		...world,
		token,
		deadline: deadline ?? world.clock.now() + usualMs
	});
	const tell = (log, kept, what) => {
		const { name } = posts[what];
		if (kept.done === "left") log.annotate({
			level: "notice",
			title: name,
			message: leftText(kept, what)
		});
		else if (kept.done !== "absent") log.info(`${name.en} ${kept.done}: ${kept.url}`);
	};
}) };
