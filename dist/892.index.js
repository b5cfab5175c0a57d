export const id = 892;
export const ids = [892];
export const modules = { 4892: ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
	__webpack_require__.r(__webpack_exports__);
	__webpack_require__.d(__webpack_exports__, {
		parseManifest: () => parseManifest,
		parseManifestAs: () => parseManifestAs
	});
	var lists = __webpack_require__(9101);
	var inputs = __webpack_require__(7499);
	var table = __webpack_require__(4565);
	//! ./lib/inputs/manifest-keys.js
	const siteKeys = [
		"zone-id",
		"zone-name",
		"hosts",
		"match",
		"if-no-hosts",
		"cert-id",
		"certificate",
		"private-key",
		"cert-alias",
		"reuse-uploaded",
		"mode",
		"keep-other-algorithms",
		"min-days-left",
		"api-version",
		"dry-run",
		"wait-for",
		"connect-to",
		"rollback",
		"old-certificates"
	];
	const defaultKeys = [...siteKeys.filter((key) => key !== "zone-id" && key !== "zone-name"), "wait-minutes"];
	const accountKeys = [
		...table.HP,
		"site",
		"region",
		"endpoint"
	];
	const replacedInputs = [
		"zone-id",
		"zone-name",
		"hosts",
		"cert-id",
		"certificate",
		"private-key"
	];
	const pem = [
		"certificate",
		"private-key",
		"cert-alias",
		"reuse-uploaded"
	];
	const key = [
		"secret-id",
		"secret-key",
		"session-token"
	];
	const byMode = (mode) => mode === "sslcert" ? [] : [...pem, "cert-id"];
	const byStage = (stage) => {
		if (stage === "served") return [];
		return stage === "accepted" ? ["connect-to", "old-certificates"] : ["connect-to"];
	};
	const byKey = () => [
		...key,
		"role-arn",
		"oidc-provider"
	];
	const exclusions = {
		"zone-id": () => ["zone-name"],
		"zone-name": () => ["zone-id"],
		"cert-id": () => [...pem, "mode"],
		certificate: () => [
			...pem,
			"cert-id",
			"mode"
		],
		mode: byMode,
		"wait-for": byStage,
		"secret-id": byKey,
		"secret-key": byKey,
		"session-token": byKey,
		"oidc-provider": () => key,
		site: () => ["region"]
	};
	const excludedBy = (name, value) => exclusions[name]?.(value) ?? [];
	const listKeys = [
		"zone-id",
		"zone-name",
		"hosts",
		"cert-id",
		"certificate",
		"private-key",
		"allowed-account-ids"
	];
	const secretKeys = key;
	const variableKeys = [
		...secretKeys,
		"certificate",
		"private-key"
	];
	var inputs_reader = __webpack_require__(178);
	//! ./lib/inputs/layers.js
	const isInput = (name) => Object.hasOwn(table.V0, name);
	const layered = (layers) => {
		const values = new Map();
		const hidden = new Set();
		for (const layer of layers) {
			const effective = [...layer].filter(([name]) => !hidden.has(name));
			for (const [name, given] of effective) values.set(name, given);
			for (const [name, { text }] of effective) {
				hidden.add(name);
				if (isInput(name)) for (const other of excludedBy(name, text)) hidden.add(other);
			}
		}
		return {
			values,
			hidden
		};
	};
	const parsedFrom = (layers, { env, find, at }, parse) => {
		const { values, hidden } = layered(layers);
		const changes = [...hidden].map((name) => [(0, table.bv)(name), values.get(name)?.text ?? ""]);
		const reader = (0, inputs_reader.cN)({
			...env,
			...Object.fromEntries(changes)
		});
		const made = parse(reader);
		for (const finding of reader.findings) {
			const { input, seen } = finding;
			const given = values.get(input);
			if (given?.isWrong) continue;
			const isOfStep = given === undefined && isQuote(seen, (env[(0, table.bv)(input)] ?? "").trim());
			const place = given === undefined ? at : placeIn(given, seen);
			find(isOfStep || place === undefined ? finding : {
				...finding,
				at: place
			});
		}
		return made;
	};
	const placeIn = ({ items, at }, seen) => items.find(({ text }) => seen.en.startsWith((0, inputs_reader.hD)(text.trim()).en))?.at ?? at;
	const isQuote = (seen, text) => text !== "" && seen.en === (0, inputs_reader.hD)(text).en;
	var suggest = __webpack_require__(5666);
	var language = __webpack_require__(9932);
	var key_lines = __webpack_require__(7019);
	var sources = __webpack_require__(9636);
	//! ./lib/inputs/manifest-secrets.js
	const minSecret = 8;
	const ownVariable = /^(?:ACTIONS|GITHUB|RUNNER|INPUT)_|^GH_TOKEN$/i;
	const readVariable = (key, name, { env, mask }) => {
		const expected = {
			en: `a variable in the environment of the step (env:), by its name, such as \${NAME}`,
			zh: `步骤环境（env:）中的变量，按名称引用，例如 \${NAME}`
		};
		if (!/^[A-Za-z_]\w*$/.test(name)) return {
			seen: {
				en: "no name of a variable (not shown)",
				zh: "不是变量名的内容（未显示）"
			},
			expected
		};
		if (ownVariable.test(name)) {
			return {
				seen: {
					en: `\${${name}}, which belongs to the runner`,
					zh: `\${${name}}，属于运行器的变量`
				},
				expected
			};
		}
		const value = Object.hasOwn(env, name) ? env[name] ?? "" : "";
		if (value.trim() === "") return {
			seen: {
				en: `\${${name}}, which is not set, or empty`,
				zh: `\${${name}}，未设置或为空`
			},
			expected
		};
		for (const secret of secretsIn(key, value)) mask(secret);
		return { text: value };
	};
	const secretsIn = (key, value) => {
		if (key === "private-key") return (0, sources.Fj)(key, value);
		if (key === "certificate") return value.includes("-----BEGIN") ? (0, sources.Fj)(key, value) : [];
		return value.split(/\r?\n/).flatMap((line) => line.trim() === "" ? [] : [line, line.trim()]);
	};
	const literalFault = (key, text, mask) => {
		const lines = text.split(/[\r\n]+/).map((line) => line.trim());
		const isPem = key === "private-key" || key === "certificate";
		const isKey = secretKeys.some((name) => name === key);
		if (!isKey && key !== "private-key" && !/PRIVATE KEY/.test(text)) return undefined;
		if (isPem && lines.every((line) => line === "" || (0, sources.LP)(line))) return undefined;
		const secrets = isPem ? (0, sources.Fj)("private-key", text) : lines;
		for (const secret of secrets) if (secret.length >= minSecret) mask(secret);
		const path = isPem ? {
			en: "the path of a PEM file in the workspace, or ",
			zh: "工作区内 PEM 文件的路径，或"
		} : (0, language.ZQ)("");
		return {
			seen: {
				en: "a key in the file (not shown)",
				zh: "写在文件中的密钥（未显示）"
			},
			expected: {
				en: `${path.en}a variable of the step\u2019s environment, such as \${NAME}`,
				zh: `${path.zh}步骤环境中的变量，例如 \${NAME}`
			}
		};
	};
	const assignments = new RegExp(`\\b(${[...variableKeys].filter((key) => key !== "certificate").join("|")})["']?\\s*:\\s*(?:"([^"\\n]*)|'([^'\\n]*)|([^\\s"'{[&*|>][^\\n,}\\]]*))`, "g");
	const literalsIn = (text) => {
		const values = [...text.matchAll(assignments)].flatMap(([, key = "", ...forms]) => {
			const value = (forms.find((form) => form !== undefined) ?? "").trim();
			const isHarmless = value.startsWith("${") || key === "private-key" && (0, sources.LP)(value);
			return isHarmless || value.length < minSecret ? [] : [value, ...value.split(/["'\s]+/).filter((part) => part.length >= minSecret)];
		});
		return [...new Set([
			...(0, key_lines.ji)(text),
			...(0, key_lines.k$)(text),
			...values
		])];
	};
	//! ./lib/inputs/manifest-values.js
	const mappingOf = (node, input, find) => {
		if (node === undefined || node.kind === "nothing") return undefined;
		if (node.kind === "mapping") return node.mapping;
		const seen = node.kind === "list" ? kinds.list : {
			en: "a single value",
			zh: "单个值"
		};
		find({
			input,
			seen,
			expected: {
				en: "a mapping of keys and values",
				zh: "由键和值组成的映射"
			},
			at: node.at
		});
		return undefined;
	};
	const layerOf = (mapping, allowed, options) => {
		const layer = new Map();
		for (const { key, at, value } of mapping.entries) {
			if (!allowed.includes(key)) options.find(unknownKey({
				key,
				at
			}, allowed));
			else layer.set(key, givenOf(key, value, options));
		}
		return layer;
	};
	const unknownKey = ({ key, at }, allowed) => {
		const isShown = key === "<<" || /^[A-Za-z][A-Za-z_ -]{0,39}$/.test(key);
		const seen = isShown ? {
			en: "this key does not exist here",
			zh: "此处没有这个键"
		} : {
			en: "this key (not shown) does not exist here",
			zh: "此处没有这个键（未显示）"
		};
		const found = {
			input: isShown ? key : "manifest",
			form: "sentences",
			seen,
			at
		};
		if (key === "<<") return {
			...found,
			expected: noMergeKeys
		};
		const elsewhere = belongs(key);
		if (elsewhere !== undefined) return {
			...found,
			expected: elsewhere
		};
		const [suggestion] = (0, suggest.p)(key, allowed, 1);
		if (suggestion === undefined) {
			const expected = {
				en: `The keys are ${allowed.join(", ")}.`,
				zh: `可用的键：${allowed.join("、")}。`
			};
			return {
				...found,
				expected
			};
		}
		return {
			...found,
			expected: {
				en: `Did you mean \u201c${suggestion}\u201d?`,
				zh: `是否应为\u201c${suggestion}\u201d？`
			}
		};
	};
	const noMergeKeys = {
		en: "Merge keys are not read. Put what sites have in common into \u201cdefaults\u201d, or repeat it.",
		zh: "不支持合并键（`<<`）。请把各站点共有的内容写在\u201cdefaults\u201d中，或在各站点中分别填写。"
	};
	const belongs = (key) => {
		const isIn = (keys) => keys.includes(key);
		if (isIn(accountKeys)) return {
			en: "It belongs to an account under \u201caccounts\u201d.",
			zh: "它应写在\u201caccounts\u201d下的账号中。"
		};
		if (isIn(siteKeys)) return {
			en: "It belongs to a site under \u201csites\u201d.",
			zh: "它应写在\u201csites\u201d下的站点中。"
		};
		if (isIn(defaultKeys)) {
			return {
				en: "It holds for the whole step, so it belongs to \u201cdefaults\u201d.",
				zh: "它作用于整个步骤，应写在\u201cdefaults\u201d中。"
			};
		}
		if (!Object.hasOwn(table.V0, key)) return undefined;
		return {
			en: "It is an input of the step alone.",
			zh: "它只能作为步骤的输入。"
		};
	};
	const placeholder = "placeholder";
	const includes = (list, key) => list.includes(key);
	const givenOf = (key, value, options) => {
		const { at } = value;
		const wrong = {
			text: placeholder,
			at,
			items: [],
			isWrong: true
		};
		const scalars = scalarsOf(key, value);
		if ("seen" in scalars) {
			options.find({
				input: key,
				at,
				...scalars
			});
			return wrong;
		}
		const { items } = scalars;
		const texts = items.map((item) => textOf(key, item, options));
		if (texts.some((text) => text === undefined)) return wrong;
		const isVariable = items.map(({ text }) => variableIn(text) !== undefined);
		if (new Set(isVariable).size > 1) {
			const seen = {
				en: "variables and other values in one list",
				zh: "同时含有变量和其他值的列表"
			};
			options.find({
				input: key,
				seen,
				expected: {
					en: "either of them",
					zh: "其中一种"
				},
				at
			});
			return wrong;
		}
		return {
			text: texts.join("\n"),
			at,
			items: isVariable.includes(true) ? [] : items
		};
	};
	const scalarsOf = (key, value) => {
		const expected = includes(listKeys, key) ? {
			en: "a value, or a list of values",
			zh: "一个值，或由值组成的列表"
		} : {
			en: "one value",
			zh: "一个值"
		};
		if (value.kind === "mapping") return {
			seen: kinds.mapping,
			expected
		};
		if (value.kind !== "list") return { items: [value] };
		if (!includes(listKeys, key)) return {
			seen: kinds.list,
			expected
		};
		if (value.items.length === 0) return {
			seen: kinds["empty list"],
			expected: orNone(expected)
		};
		const items = value.items.flatMap((item) => item.kind === "list" || item.kind === "mapping" ? [] : [item]);
		if (items.length === value.items.length) return { items };
		return {
			seen: {
				en: "a list with lists or mappings in it",
				zh: "含有列表或映射的列表"
			},
			expected
		};
	};
	const kinds = {
		mapping: {
			en: "a mapping",
			zh: "映射"
		},
		list: {
			en: "a list",
			zh: "列表"
		},
		"empty list": {
			en: "an empty list",
			zh: "空列表"
		}
	};
	const orNone = ({ en, zh }) => ({
		en: `${en}; or leave the key out`,
		zh: `${zh}；或省略该键`
	});
	const variableIn = (text) => /^\$\{([^${}]*)\}$/.exec(text.trim())?.[1];
	const expression = {
		seen: {
			en: "an expression (not shown)",
			zh: "表达式（未显示）"
		},
		expected: {
			en: `no expression, because GitHub evaluates them in workflows only: for a key, set a variable in the step\u2019s env:, and name it here as \${NAME}`,
			zh: `不含表达式的值，因为 GitHub 只在工作流中计算表达式：如需密钥，请在步骤的 env: 中设置变量，并在此处以 \${NAME} 引用`
		}
	};
	const textOf = (key, { kind, text, at }, options) => {
		const wrong = (fault) => {
			options.find({
				input: key,
				at,
				...fault
			});
		};
		if (text.trim() === "") return wrong({
			seen: inputs_reader.Xw,
			expected: orNone({
				en: "a value",
				zh: "一个值"
			})
		});
		if (kind === "boolean" && !isFlag(key)) {
			const expected = {
				en: "a text, in quotes if it is this word",
				zh: "文本；如果确实是这个词，请加引号"
			};
			return wrong({
				seen: (0, language.ZQ)(text),
				expected
			});
		}
		const name = variableIn(text);
		if (name !== undefined && includes(variableKeys, key)) {
			const read = readVariable(key, name, options);
			if ("text" in read) return read.text;
			options.unset({
				input: key,
				at,
				...read
			});
			return undefined;
		}
		if (text.includes("${{")) return wrong(expression);
		const literal = literalFault(key, text, options.mask);
		if (literal !== undefined) return wrong(literal);
		if (!text.includes("${")) return text;
		const where = includes(variableKeys, key) ? {
			en: "as a whole value",
			zh: "作为整个值"
		} : {
			en: `in ${variableKeys.join(", ")}`,
			zh: `在 ${variableKeys.join("、")} 中`
		};
		const expected = {
			en: `a value without \${\u2026}: variables are read only ${where.en}`,
			zh: `不含 \${\u2026} 的值：变量只能${where.zh}使用`
		};
		return wrong({
			seen: (0, inputs_reader.hD)(text),
			expected
		});
	};
	const isFlag = (key) => Object.entries(table.V0).some(([name, value]) => name === key && (value === "true" || value === "false"));
	//! ./lib/inputs/manifest-accounts.js
	const accountsIn = (node, options) => {
		const { env, find } = options;
		const listed = new Map();
		for (const { key: name, at, value } of mappingOf(node, "accounts", find)?.entries ?? []) {
			if (isName(name)) listed.set(name, mappingOf(value, "accounts", find) ?? {
				at,
				entries: []
			});
			else find({
				input: "accounts",
				seen: shown(name),
				expected: nameForm,
				at
			});
		}
		const parsed = new Map();
		let own;
		return {
			named: (given) => {
				const name = given.kind === "list" || given.kind === "mapping" ? "" : given.text;
				const mapping = listed.get(name);
				if (mapping === undefined) {
					find({
						input: "account",
						seen: shown(name),
						expected: expectedName(name, listed),
						at: given.at
					});
					return undefined;
				}
				const { at } = mapping;
				const made = parsed.get(name) ?? namedAs(name, parsedFrom([layerOf(mapping, accountKeys, options)], {
					env,
					find,
					at
				}, inputs.J5));
				parsed.set(name, made);
				return made;
			},
			ofStep: (at) => {
				own ??= namedAs(undefined, parsedFrom([], {
					env,
					find,
					at
				}, inputs.J5));
				return own;
			},
			checkUnused: () => {
				for (const [name, mapping] of listed) {
					if (!parsed.has(name)) layerOf(mapping, accountKeys, {
						...options,
						unset: () => undefined
					});
				}
			}
		};
	};
	const isName = (text) => /^[\w.-]{1,64}$/.test(text);
	const nameForm = {
		en: "a name of letters, digits and any of . _ -",
		zh: "由字母、数字和 . _ - 组成的名称"
	};
	const shown = (name) => name === "" || isName(name) ? (0, inputs_reader.hD)(name) : {
		en: "no name (not shown)",
		zh: "不是名称的内容（未显示）"
	};
	const namedAs = (name, account) => ({
		name,
		account,
		key: JSON.stringify(account)
	});
	const expectedName = (name, listed) => {
		const names = [...listed.keys()];
		const [suggestion] = (0, suggest.p)(name, names, 1);
		if (suggestion !== undefined) return {
			en: `\u201c${suggestion}\u201d, perhaps`,
			zh: `\u201c${suggestion}\u201d（名称相近）`
		};
		if (names.length === 0) return {
			en: "the name of an account under accounts",
			zh: "accounts 下的账号名称"
		};
		const some = names.slice(0, 20);
		return {
			en: `one of ${some.join(", ")}`,
			zh: `以下之一：${some.join("、")}`
		};
	};
	var dist = __webpack_require__(8815);
	//! ./lib/inputs/yaml-faults.js
	const quoted = {
		en: "Put a value that holds `: `, ` #`, or begins with any of `* & ! % @ { [ | >` into quotes.",
		zh: "含有 `: ` 或 ` #`，或以 `* & ! % @ { [ | >` 之一开头的值，请加引号。"
	};
	const indented = {
		en: "Indent with spaces, the keys of one mapping by the same number.",
		zh: "请用空格缩进，同一映射的各个键缩进相同的空格数。"
	};
	const tooDeep = [{
		en: "Lists or mappings are nested too deeply",
		zh: "列表或映射嵌套过深"
	}, {
		en: "A manifest needs no more than five levels.",
		zh: "清单文件最多需要五层。"
	}];
	const faults = {
		ALIAS_PROPS: [{
			en: "An alias has an anchor or a tag",
			zh: "别名带有锚点或标签"
		}, {
			en: "Write the alias alone.",
			zh: "请只写别名本身。"
		}],
		BAD_ALIAS: [{
			en: "An alias stands for no earlier anchor",
			zh: "别名没有对应的、在它之前的锚点"
		}, quoted],
		BAD_DQ_ESCAPE: [{
			en: "An escape in double quotes does not exist",
			zh: "双引号中的转义序列不存在"
		}, {
			en: "Use single quotes, in which a backslash is a backslash.",
			zh: "请使用单引号，其中的反斜杠就是反斜杠本身。"
		}],
		BAD_INDENT: [{
			en: "A line is not indented as YAML needs it, or a bracket is not closed",
			zh: "某一行的缩进不符合 YAML 的要求，或括号没有闭合"
		}, indented],
		BAD_SCALAR_START: [{
			en: "A value begins with a character that has a meaning in YAML",
			zh: "值以在 YAML 中有特殊含义的字符开头"
		}, quoted],
		BLOCK_AS_IMPLICIT_KEY: [{
			en: "A mapping begins where YAML allows none",
			zh: "映射出现在 YAML 不允许的位置"
		}, indented],
		BLOCK_IN_FLOW: [{
			en: "A list or mapping of several lines stands in `[ ]` or `{ }`",
			zh: "`[ ]` 或 `{ }` 中有多行形式的列表或映射"
		}, {
			en: "Write it in `[ ]` or `{ }` as well.",
			zh: "请将其也写成 `[ ]` 或 `{ }` 的形式。"
		}],
		DUPLICATE_KEY: [{
			en: "A key occurs twice",
			zh: "键重复出现"
		}, {
			en: "Keep one of the two.",
			zh: "请只保留其中一个。"
		}],
		MISSING_CHAR: [{
			en: "A character is missing, such as a colon, a quote, a comma, or the end of a bracket",
			zh: "缺少字符，例如冒号、引号、逗号或右括号"
		}, {
			en: "Add it.",
			zh: "请补上。"
		}],
		MULTIPLE_DOCS: [{
			en: "The file holds several YAML documents",
			zh: "文件中有多个 YAML 文档"
		}, {
			en: "Keep one, and remove the lines `---`.",
			zh: "请只保留一个，并删除 `---` 行。"
		}],
		NON_STRING_KEY: [{
			en: "A key is not a name",
			zh: "键不是名称"
		}, {
			en: "Use the names of inputs as keys.",
			zh: "请用输入的名称作为键。"
		}],
		RESOURCE_EXHAUSTION: tooDeep,
		TAB_AS_INDENT: [{
			en: "A tab is used to indent",
			zh: "使用了制表符缩进"
		}, indented],
		TAG_RESOLVE_FAILED: [{
			en: "A value has a tag (`!\u2026`) that is not allowed here",
			zh: "值带有此处不允许的标签（`!\u2026`）"
		}, (0, language.hC)([{
			en: "Remove the tag.",
			zh: "请删除标签。"
		}, quoted])],
		TOO_DEEP: tooDeep
	};
	const faultOf = (code) => {
		const [seen, expected] = (Object.hasOwn(faults, code) ? faults[code] : undefined) ?? [{
			en: "This is neither YAML nor JSON",
			zh: "内容既不是 YAML 也不是 JSON"
		}, quoted];
		return {
			seen,
			expected
		};
	};
	//! ./lib/inputs/manifest-yaml.js
	const maxFaults = 20;
	const maxDepth = 8;
	const parseYaml = (text, file) => {
		const placeAt = placesIn(text, file);
		const found = [];
		const wrong = (code, offset) => {
			if (found.length < maxFaults) found.push({
				input: "manifest",
				form: "sentences",
				...faultOf(code),
				at: placeAt(offset)
			});
		};
		const document = (0, dist.Tp)(text, {
			...{
				version: "1.2",
				schema: "core",
				merge: false,
				resolveKnownTags: false,
				uniqueKeys: false
			},
			...{
				prettyErrors: false,
				logLevel: "error"
			}
		});
		for (const { code, pos } of [...document.errors, ...document.warnings]) wrong(code, pos[0]);
		if (found.length > 0) return found;
		const root = nodesOf({
			placeAt,
			wrong
		})(document.contents);
		return found.length > 0 ? found : root;
	};
	const placesIn = (text, file) => {
		const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
		return (offset) => {
			let [first, after] = [0, starts.length];
			while (after - first > 1) {
				const middle = first + after >> 1;
				if ((starts[middle] ?? 0) <= offset) first = middle;
				else after = middle;
			}
			return {
				file,
				line: first + 1,
				column: offset - (starts[first] ?? 0) + 1
			};
		};
	};
	const nodesOf = ({ placeAt, wrong }) => {
		const anchors = new Map();
		const nothing = (at) => ({
			kind: "nothing",
			text: "",
			at
		});
		const nodeOf = (given, depth, fallback) => {
			const offset = given?.range?.[0] ?? fallback;
			if ((0, dist.Vj)(given)) {
				const target = anchors.get(given.source);
				if (target === undefined) wrong("BAD_ALIAS", offset);
				return target ?? nothing(placeAt(offset));
			}
			if (depth > maxDepth) {
				wrong("TOO_DEEP", offset);
				return nothing(placeAt(offset));
			}
			const node = ownNodeOf(given, depth, offset);
			if (given?.anchor !== undefined) anchors.set(given.anchor, node);
			return node;
		};
		const ownNodeOf = (given, depth, offset) => {
			const at = placeAt(offset);
			if ((0, dist.oP)(given)) {
				return {
					kind: "list",
					at,
					items: given.items.map((item) => nodeOf(item, depth + 1, offset))
				};
			}
			if ((0, dist.jh)(given)) return {
				kind: "mapping",
				at,
				mapping: {
					at,
					entries: entriesOf(given.items, depth, offset)
				}
			};
			if (!(0, dist.jn)(given) || given.value === null || given.value === "") return nothing(at);
			const { value, source = "" } = given;
			if (typeof value === "string") return {
				kind: "scalar",
				text: value,
				at
			};
			return {
				kind: typeof value === "boolean" ? "boolean" : "scalar",
				text: source,
				at
			};
		};
		const entriesOf = (items, depth, fallback) => {
			const seen = new Set();
			return items.map(({ key, value }) => {
				const name = key;
				const offset = name?.range?.[0] ?? fallback;
				if (!(0, dist.jn)(name)) wrong("NON_STRING_KEY", offset);
				const text = (0, dist.jn)(name) ? String(name.value) : "";
				if (seen.has(text)) wrong("DUPLICATE_KEY", offset);
				seen.add(text);
				const one = {
					key: text,
					at: placeAt(offset)
				};
				return {
					...one,
					value: nodeOf(value, depth + 1, offset)
				};
			});
		};
		return (root) => nodeOf(root, 0, 0);
	};
	//! ./lib/inputs/shard.js
	const maxShares = 256;
	const parseShard = (text) => {
		const [, index = "", of = ""] = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text) ?? [];
		const shard = {
			index: Number(index),
			of: Number(of)
		};
		return shard.index >= 1 && shard.index <= shard.of && shard.of <= maxShares ? shard : undefined;
	};
	const accountsOf = (accounts, { index, of }, sizeOf) => {
		const nameOf = ({ name = "" }) => name;
		const sorted = accounts.toSorted((a, b) => sizeOf(b) - sizeOf(a) || (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
		const sizes = Array.from({ length: of }, () => 0);
		const own = new Set();
		for (const account of sorted) {
			const emptiest = sizes.indexOf(Math.min(...sizes));
			sizes[emptiest] = (sizes[emptiest] ?? 0) + sizeOf(account);
			if (emptiest === index - 1) own.add(account);
		}
		return accounts.filter((account) => own.has(account));
	};
	const sitesOf = ({ entries }) => entries.reduce((sum, { zones }) => sum + zonesIn(zones), 0);
	const zonesIn = (zones) => zones.by === "id" ? zones.ids.length : zones.by === "name" ? zones.names.length : 1;
	//! ./lib/inputs/manifest.js
	const maxSites = 5e3;
	const maxLength = 32 * 1024 * 1024;
	const parts = [
		"defaults",
		"accounts",
		"sites"
	];
	const deployed = { parse: (reader) => {
		const entry = (0, inputs.ER)(reader);
		return (account, at) => ({
			...(0, inputs._f)(entry, account),
			at
		});
	} };
	const parseManifest = (env, file, mask) => parseManifestAs(deployed, env, file, mask);
	const parseManifestAs = (kind, env, { text, file }, mask) => {
		for (const secret of literalsIn(text)) mask(secret);
		const findings = [];
		const find = (finding) => findings.push(finding);
		const options = {
			env: { ...env },
			find,
			unset: find,
			mask
		};
		const step = (0, inputs_reader.cN)(env);
		const shard = shardOf(step);
		step.flag("comment-on-pull-request");
		const root = parseYaml(text, file);
		if ("kind" in root) {
			const task = taskOf(kind, root, file, options);
			if (findings.length + step.findings.length === 0) {
				if (shard === undefined) return task;
				return {
					...task,
					accounts: accountsOf(task.accounts, shard, sitesOf),
					shard: step.get("shard")
				};
			}
		} else root.forEach(find);
		throw (0, inputs.CO)("Input.Manifest", inOrder([...step.findings, ...findings]));
	};
	const inOrder = (findings) => {
		const keyOf = ({ input, seen, expected, at }) => JSON.stringify([
			input,
			seen,
			expected,
			at
		]);
		const [line, column] = [({ at }) => at?.line ?? 0, ({ at }) => at?.column ?? 0];
		return (0, lists.pD)(findings, keyOf).toSorted((a, b) => line(a) - line(b) || column(a) - column(b));
	};
	const shardOf = (step) => {
		for (const name of replacedInputs) {
			if (step.get(name) !== "") {
				const expected = {
					en: "nothing together with manifest",
					zh: "空：不能与 manifest 同时使用"
				};
				step.wrong(name, {
					en: "a value",
					zh: "一个值"
				}, expected);
			}
		}
		const text = step.get("shard");
		const shard = parseShard(text);
		if (text !== "" && shard === undefined) {
			step.wrong("shard", (0, inputs_reader.hD)(text), {
				en: "i/n, such as 2/4, with at most 256 shares",
				zh: "i/n，例如 2/4，最多 256 个分片"
			});
		}
		return shard;
	};
	const taskOf = (kind, root, file, options) => {
		const { env, find } = options;
		const top = topOf(root, file, find);
		const mapping = mappingOf(top.get("defaults"), "defaults", find);
		const defaults = mapping ? layerOf(read(mapping, kind), defaultKeys, options) : new Map();
		const waitMs = parsedFrom([defaults], {
			env,
			find,
			at: mapping?.at
		}, inputs.DF);
		const accounts = accountsIn(top.get("accounts"), options);
		const tasks = tasksOf(sitesIn(top.get("sites"), find), {
			kind,
			defaults,
			accounts,
			options
		});
		accounts.checkUnused();
		return {
			accounts: tasks,
			waitMs
		};
	};
	const topOf = (root, file, find) => {
		const mapping = root.kind === "nothing" ? {
			at: root.at,
			entries: []
		} : mappingOf(root, "manifest", find);
		for (const one of mapping?.entries ?? []) if (!parts.includes(one.key)) find(unknownKey(one, parts));
		const top = new Map((mapping?.entries ?? []).map(({ key, value }) => [key, value]));
		const isEmpty = root.kind === "scalar" && root.text === "";
		if ((mapping !== undefined || isEmpty) && !top.has("sites")) find({
			input: "sites",
			seen: inputs_reader.s6,
			expected: siteList,
			at: {
				file,
				line: 1,
				column: 1
			}
		});
		return top;
	};
	const siteList = {
		en: "a list of sites",
		zh: "站点列表"
	};
	const sitesIn = (node, find) => {
		if (node === undefined) return [];
		const wrong = (seen, expected) => {
			find({
				input: "sites",
				seen,
				expected,
				at: node.at
			});
			return [];
		};
		if (node.kind !== "list") return wrong(node.kind === "mapping" ? kinds.mapping : {
			en: "no list",
			zh: "不是列表的内容"
		}, siteList);
		const { length } = node.items;
		if (length === 0) return wrong(kinds["empty list"], siteList);
		if (length > maxSites) return wrong({
			en: `${length} sites`,
			zh: `${length} 个站点`
		}, {
			en: `at most ${maxSites}`,
			zh: `不超过 ${maxSites} 个`
		});
		return node.items.flatMap((item) => {
			const [seen, expected] = [{
				en: "an empty entry",
				zh: "空条目"
			}, {
				en: "a site",
				zh: "站点"
			}];
			if (item.kind === "nothing") find({
				input: "sites",
				seen,
				expected,
				at: item.at
			});
			return mappingOf(item, "sites", find) ?? [];
		});
	};
	const read = ({ at, entries }, { keys }) => {
		const all = [...siteKeys, ...defaultKeys];
		const isRead = (key) => keys === undefined || keys.some((one) => one === key) || !all.includes(key);
		return {
			at,
			entries: entries.filter(({ key }) => isRead(key))
		};
	};
	const tasksOf = (sites, { kind, defaults, accounts, options }) => {
		const { env, find } = options;
		const groups = new Map();
		let length = 0;
		for (const site of sites) {
			const { at } = site;
			const name = site.entries.find(({ key }) => key === "account")?.value;
			const own = {
				at,
				entries: site.entries.filter(({ key }) => key !== "account")
			};
			const layer = layerOf(read(own, kind), siteKeys, options);
			const account = name === undefined ? accounts.ofStep(at) : accounts.named(name);
			length += lengthOf([layer, defaults]);
			if (length > maxLength) {
				find({
					...tooLong,
					at
				});
				break;
			}
			const entry = parsedFrom([layer, defaults], {
				env,
				find,
				at
			}, kind.parse);
			if (account !== undefined) addTo(groups, account, entry(account.account, at));
		}
		return [...groups.values()].flatMap(({ name, account, entries }) => (0, lists.J_)(entries) ? {
			...name === undefined ? {} : { name },
			account,
			entries
		} : []);
	};
	const tooLong = {
		input: "sites",
		seen: {
			en: "more than 32 MiB of values",
			zh: "总计超过 32 MiB 的值"
		},
		expected: {
			en: "less, with all that aliases and defaults repeat",
			zh: "更少的内容（别名和 defaults 重复的部分也计算在内）"
		}
	};
	const lengthOf = (layers) => [...layered(layers).values].reduce((sum, [, { text }]) => sum + text.length, 0);
	const addTo = (groups, account, entry) => {
		const group = groups.get(account.key) ?? {
			...account,
			entries: []
		};
		group.entries.push(entry);
		const [name] = [group.name, account.name].filter((one) => one !== undefined).toSorted();
		groups.set(account.key, {
			...group,
			name
		});
	};
}) };
