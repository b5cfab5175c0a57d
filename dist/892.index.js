export const id = 892;
export const ids = [892];
export const modules = {

/***/ 4892:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseManifest: () => (/* binding */ parseManifest),
  parseManifestAs: () => (/* binding */ parseManifestAs)
});

// EXTERNAL MODULE: ./lib/util/lists.js
var lists = __webpack_require__(9101);
// EXTERNAL MODULE: ./lib/inputs/inputs.js + 2 modules
var inputs = __webpack_require__(6502);
;// CONCATENATED MODULE: ./lib/inputs/manifest-keys.js
const siteKeys = [
    'zone-id',
    'zone-name',
    'hosts',
    'match',
    'if-no-hosts',
    'cert-id',
    'certificate',
    'private-key',
    'cert-alias',
    'reuse-uploaded',
    'mode',
    'keep-other-algorithms',
    'min-days-left',
    'api-version',
    'dry-run',
    'wait-for',
    'connect-to',
    'rollback',
    'old-certificates',
];
const defaultKeys = [
    ...siteKeys.filter((key) => key !== 'zone-id' && key !== 'zone-name'),
    'wait-minutes',
];
const accountKeys = [
    'secret-id',
    'secret-key',
    'session-token',
    'role-arn',
    'oidc-provider',
    'oidc-audience',
    'role-session-name',
    'role-duration-seconds',
    'allowed-account-ids',
    'site',
    'region',
    'endpoint',
];
const replacedInputs = [
    'zone-id',
    'zone-name',
    'hosts',
    'cert-id',
    'certificate',
    'private-key',
];
const pem = ['certificate', 'private-key', 'cert-alias', 'reuse-uploaded'];
const key = ['secret-id', 'secret-key', 'session-token'];
const byMode = (mode) => (mode === 'sslcert' ? [] : [...pem, 'cert-id']);
const byStage = (stage) => {
    if (stage === 'served')
        return [];
    return stage === 'accepted' ? ['connect-to', 'old-certificates'] : ['connect-to'];
};
const byKey = () => [...key, 'role-arn', 'oidc-provider'];
const exclusions = {
    'zone-id': () => ['zone-name'],
    'zone-name': () => ['zone-id'],
    'cert-id': () => [...pem, 'mode'],
    certificate: () => [...pem, 'cert-id', 'mode'],
    mode: byMode,
    'wait-for': byStage,
    'secret-id': byKey,
    'secret-key': byKey,
    'session-token': byKey,
    'oidc-provider': () => key,
    site: () => ['region'],
};
const excludedBy = (name, value) => exclusions[name]?.(value) ?? [];
const listKeys = [
    'zone-id',
    'zone-name',
    'hosts',
    'cert-id',
    'certificate',
    'private-key',
    'allowed-account-ids',
];
const secretKeys = key;
const variableKeys = [...secretKeys, 'certificate', 'private-key'];

// EXTERNAL MODULE: ./lib/inputs/reader.js
var inputs_reader = __webpack_require__(178);
// EXTERNAL MODULE: ./lib/inputs/table.js
var table = __webpack_require__(4565);
;// CONCATENATED MODULE: ./lib/inputs/layers.js



const isInput = (name) => Object.hasOwn(table/* inputDefaults */.V0, name);
const layered = (layers) => {
    const values = new Map();
    const hidden = new Set();
    for (const layer of layers) {
        const effective = [...layer].filter(([name]) => !hidden.has(name));
        for (const [name, given] of effective)
            values.set(name, given);
        for (const [name, { text }] of effective) {
            hidden.add(name);
            if (isInput(name))
                for (const other of excludedBy(name, text))
                    hidden.add(other);
        }
    }
    return { values, hidden };
};
const parsedFrom = (layers, { env, find, at }, parse) => {
    const { values, hidden } = layered(layers);
    const changes = [...hidden].map((name) => [(0,table/* variable */.bv)(name), values.get(name)?.text ?? '']);
    const reader = (0,inputs_reader/* inputReader */.c)({ ...env, ...Object.fromEntries(changes) });
    const made = parse(reader);
    for (const finding of reader.findings) {
        const { input, seen } = finding;
        const given = values.get(input);
        if (given?.isWrong)
            continue;
        const isOfStep = given === undefined && seen === (0,inputs_reader/* quote */.h)((env[(0,table/* variable */.bv)(input)] ?? '').trim()) && seen !== (0,inputs_reader/* quote */.h)('');
        const place = given === undefined ? at : placeIn(given, seen);
        find(isOfStep || place === undefined ? finding : { ...finding, at: place });
    }
    return made;
};
const placeIn = ({ items, at }, seen) => items.find(({ text }) => seen.startsWith((0,inputs_reader/* quote */.h)(text.trim())))?.at ?? at;

// EXTERNAL MODULE: ./lib/util/suggest.js
var suggest = __webpack_require__(5666);
// EXTERNAL MODULE: ./lib/pem/key-lines.js
var key_lines = __webpack_require__(7019);
// EXTERNAL MODULE: ./lib/pem/sources.js
var sources = __webpack_require__(9636);
;// CONCATENATED MODULE: ./lib/inputs/manifest-secrets.js



const minSecret = 8;
const ownVariable = /^(?:ACTIONS|GITHUB|RUNNER|INPUT)_|^GH_TOKEN$/i;
const readVariable = (key, name, { env, mask }) => {
    const expected = `a variable in the environment of the step (env:), by its name, such as \${NAME}`;
    if (!/^[A-Za-z_]\w*$/.test(name))
        return { seen: 'no name of a variable (not shown)', expected };
    if (ownVariable.test(name))
        return { seen: `\${${name}}, which belongs to the runner`, expected };
    const value = Object.hasOwn(env, name) ? (env[name] ?? '') : '';
    if (value.trim() === '')
        return { seen: `\${${name}}, which is not set, or empty`, expected };
    for (const secret of secretsIn(key, value))
        mask(secret);
    return { text: value };
};
const secretsIn = (key, value) => {
    if (key === 'private-key')
        return (0,sources/* secretsOf */.Fj)(key, value);
    if (key === 'certificate')
        return value.includes('-----BEGIN') ? (0,sources/* secretsOf */.Fj)(key, value) : [];
    return value.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [line, line.trim()]));
};
const literalFault = (key, text, mask) => {
    const lines = text.split(/[\r\n]+/).map((line) => line.trim());
    const isPem = key === 'private-key' || key === 'certificate';
    const isKey = secretKeys.some((name) => name === key);
    if (!isKey && key !== 'private-key' && !/PRIVATE KEY/.test(text))
        return undefined;
    if (isPem && lines.every((line) => line === '' || (0,sources/* isPathAlone */.LP)(line)))
        return undefined;
    const secrets = isPem ? (0,sources/* secretsOf */.Fj)('private-key', text) : lines;
    for (const secret of secrets)
        if (secret.length >= minSecret)
            mask(secret);
    const path = isPem ? 'the path of a PEM file in the workspace, or ' : '';
    return {
        seen: 'a key in the file (not shown)',
        expected: `${path}a variable of the step\u2019s environment, such as \${NAME}`,
    };
};
const assignments = new RegExp(`\\b(${[...variableKeys].filter((key) => key !== 'certificate').join('|')})["']?\\s*:\\s*(?:"([^"\\n]*)|'([^'\\n]*)|([^\\s"'{[&*|>][^\\n,}\\]]*))`, 'g');
const literalsIn = (text) => {
    const values = [...text.matchAll(assignments)].flatMap(([, key = '', ...forms]) => {
        const value = (forms.find((form) => form !== undefined) ?? '').trim();
        const isHarmless = value.startsWith('${') || (key === 'private-key' && (0,sources/* isPathAlone */.LP)(value));
        return isHarmless || value.length < minSecret
            ? []
            : [value, ...value.split(/["'\s]+/).filter((part) => part.length >= minSecret)];
    });
    return [...new Set([...(0,key_lines/* keyBodiesIn */.ji)(text), ...(0,key_lines/* keyLinesIn */.k$)(text), ...values])];
};

;// CONCATENATED MODULE: ./lib/inputs/manifest-values.js





const mappingOf = (node, input, find) => {
    if (node === undefined || node.kind === 'nothing')
        return undefined;
    if (node.kind === 'mapping')
        return node.mapping;
    const seen = node.kind === 'list' ? 'a list' : 'a single value';
    find({ input, seen, expected: 'a mapping of keys and values', at: node.at });
    return undefined;
};
const layerOf = (mapping, allowed, options) => {
    const layer = new Map();
    for (const { key, at, value } of mapping.entries) {
        if (!allowed.includes(key))
            options.find(unknownKey({ key, at }, allowed));
        else
            layer.set(key, givenOf(key, value, options));
    }
    return layer;
};
const unknownKey = ({ key, at }, allowed) => {
    const input = /^[A-Za-z][A-Za-z_ -]{0,39}$/.test(key) ? key : 'a key (not shown)';
    const found = { input, form: 'sentences', seen: 'this key does not exist here', at };
    if (key === '<<') {
        const expected = 'Merge keys are not read. Put what sites have in common into \u201cdefaults\u201d, or repeat it.';
        return { ...found, input: key, expected };
    }
    const elsewhere = belongs(key);
    if (elsewhere !== undefined)
        return { ...found, expected: elsewhere };
    const [suggestion] = (0,suggest/* nearest */.p)(key, allowed, 1);
    const expected = suggestion === undefined ? `The keys are ${allowed.join(', ')}.` : `Did you mean \u201c${suggestion}\u201d?`;
    return { ...found, expected };
};
const belongs = (key) => {
    const isIn = (keys) => keys.includes(key);
    if (isIn(accountKeys))
        return 'It belongs to an account under \u201caccounts\u201d.';
    if (isIn(siteKeys))
        return 'It belongs to a site under \u201csites\u201d.';
    if (isIn(defaultKeys))
        return 'It holds for the whole step, so it belongs to \u201cdefaults\u201d.';
    return Object.hasOwn(table/* inputDefaults */.V0, key) ? 'It is an input of the step alone.' : undefined;
};
const placeholder = 'placeholder';
const includes = (list, key) => list.includes(key);
const givenOf = (key, value, options) => {
    const { at } = value;
    const wrong = { text: placeholder, at, items: [], isWrong: true };
    const scalars = scalarsOf(key, value);
    if ('seen' in scalars) {
        options.find({ input: key, at, ...scalars });
        return wrong;
    }
    const { items } = scalars;
    const texts = items.map((item) => textOf(key, item, options));
    if (texts.some((text) => text === undefined))
        return wrong;
    const isVariable = items.map(({ text }) => variableIn(text) !== undefined);
    if (new Set(isVariable).size > 1) {
        options.find({ input: key, seen: 'variables and other values in one list', expected: 'either of them', at });
        return wrong;
    }
    return { text: texts.join('\n'), at, items: isVariable.includes(true) ? [] : items };
};
const scalarsOf = (key, value) => {
    const expected = includes(listKeys, key) ? 'a value, or a list of values' : 'one value';
    if (value.kind === 'mapping')
        return { seen: 'a mapping', expected };
    if (value.kind !== 'list')
        return { items: [value] };
    if (!includes(listKeys, key))
        return { seen: 'a list', expected };
    if (value.items.length === 0)
        return { seen: 'an empty list', expected: `${expected}; or leave the key out` };
    const items = value.items.flatMap((item) => (item.kind === 'list' || item.kind === 'mapping' ? [] : [item]));
    return items.length === value.items.length ? { items } : { seen: 'a list with lists or mappings in it', expected };
};
const variableIn = (text) => /^\$\{([^${}]*)\}$/.exec(text.trim())?.[1];
const expression = {
    seen: 'an expression (not shown)',
    expected: `no expression, because GitHub evaluates them in workflows only: for a key, set a variable in the step\u2019s env:, and name it here as \${NAME}`,
};
const textOf = (key, { kind, text, at }, options) => {
    const wrong = (fault) => {
        options.find({ input: key, at, ...fault });
    };
    if (text.trim() === '')
        return wrong({ seen: 'nothing (perhaps an empty expression)', expected: 'a value; or leave the key out' });
    if (kind === 'boolean' && !isFlag(key))
        return wrong({ seen: text, expected: 'a text, in quotes if it is this word' });
    const name = variableIn(text);
    if (name !== undefined && includes(variableKeys, key)) {
        const read = readVariable(key, name, options);
        if ('text' in read)
            return read.text;
        options.unset({ input: key, at, ...read });
        return undefined;
    }
    if (text.includes('${{'))
        return wrong(expression);
    const literal = literalFault(key, text, options.mask);
    if (literal !== undefined)
        return wrong(literal);
    if (!text.includes('${'))
        return text;
    const where = includes(variableKeys, key) ? 'as a whole value' : `in ${variableKeys.join(', ')}`;
    return wrong({ seen: (0,inputs_reader/* quote */.h)(text), expected: `a value without \${\u2026}: variables are read only ${where}` });
};
const isFlag = (key) => Object.entries(table/* inputDefaults */.V0).some(([name, value]) => name === key && (value === 'true' || value === 'false'));

;// CONCATENATED MODULE: ./lib/inputs/manifest-accounts.js






const accountsIn = (node, options) => {
    const { env, find } = options;
    const listed = new Map();
    for (const { key: name, at, value } of mappingOf(node, 'accounts', find)?.entries ?? []) {
        if (isName(name))
            listed.set(name, mappingOf(value, 'accounts', find) ?? { at, entries: [] });
        else
            find({ input: 'accounts', seen: shown(name), expected: 'a name of letters, digits and any of . _ -', at });
    }
    const parsed = new Map();
    let own;
    return {
        named: (given) => {
            const name = given.kind === 'list' || given.kind === 'mapping' ? '' : given.text;
            const mapping = listed.get(name);
            if (mapping === undefined) {
                find({ input: 'account', seen: shown(name), expected: expectedName(name, listed), at: given.at });
                return undefined;
            }
            const { at } = mapping;
            const made = parsed.get(name) ??
                namedAs(name, parsedFrom([layerOf(mapping, accountKeys, options)], { env, find, at }, inputs/* parseAccount */.J5));
            parsed.set(name, made);
            return made;
        },
        ofStep: (at) => {
            own ??= namedAs(undefined, parsedFrom([], { env, find, at }, inputs/* parseAccount */.J5));
            return own;
        },
        checkUnused: () => {
            for (const [name, mapping] of listed) {
                if (!parsed.has(name))
                    layerOf(mapping, accountKeys, { ...options, unset: () => undefined });
            }
        },
    };
};
const isName = (text) => /^[\w.-]{1,64}$/.test(text);
const shown = (name) => (name === '' || isName(name) ? (0,inputs_reader/* quote */.h)(name) : 'no name (not shown)');
const namedAs = (name, account) => ({
    name,
    account,
    key: JSON.stringify(account),
});
const expectedName = (name, listed) => {
    const names = [...listed.keys()];
    const [suggestion] = (0,suggest/* nearest */.p)(name, names, 1);
    if (suggestion !== undefined)
        return `\u201c${suggestion}\u201d, perhaps`;
    return names.length === 0 ? 'the name of an account under accounts' : `one of ${names.slice(0, 20).join(', ')}`;
};

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./lib/inputs/yaml-faults.js
const quoted = 'Put a value that holds `: `, ` #`, or begins with any of `* & ! % @ { [ | >` into quotes.';
const indented = 'Indent with spaces, the keys of one mapping by the same number.';
const faults = {
    ALIAS_PROPS: ['An alias has an anchor or a tag', 'Write the alias alone.'],
    BAD_ALIAS: ['An alias stands for no earlier anchor', quoted],
    BAD_DQ_ESCAPE: [
        'An escape in double quotes does not exist',
        'Use single quotes, in which a backslash is a backslash.',
    ],
    BAD_INDENT: ['A line is not indented as YAML needs it, or a bracket is not closed', indented],
    BAD_SCALAR_START: ['A value begins with a character that has a meaning in YAML', quoted],
    BLOCK_AS_IMPLICIT_KEY: ['A mapping begins where YAML allows none', indented],
    BLOCK_IN_FLOW: ['A list or mapping of several lines stands in `[ ]` or `{ }`', 'Write it in `[ ]` or `{ }` as well.'],
    DUPLICATE_KEY: ['A key occurs twice', 'Keep one of the two.'],
    MISSING_CHAR: ['A character is missing, such as a colon, a quote, a comma, or the end of a bracket', 'Add it.'],
    MULTIPLE_DOCS: ['The file holds several YAML documents', 'Keep one, and remove the lines `---`.'],
    NON_STRING_KEY: ['A key is not a name', 'Use the names of inputs as keys.'],
    RESOURCE_EXHAUSTION: ['Lists or mappings are nested too deeply', 'A manifest needs no more than five levels.'],
    TAB_AS_INDENT: ['A tab is used to indent', indented],
    TAG_RESOLVE_FAILED: ['A value has a tag (`!\u2026`) that is not allowed here', `Remove the tag. ${quoted}`],
    TOO_DEEP: ['Lists or mappings are nested too deeply', 'A manifest needs no more than five levels.'],
};
const faultOf = (code) => {
    const [seen, expected] = (Object.hasOwn(faults, code) ? faults[code] : undefined) ?? [
        'This is neither YAML nor JSON',
        quoted,
    ];
    return { seen, expected };
};

;// CONCATENATED MODULE: ./lib/inputs/manifest-yaml.js


const maxFaults = 20;
const maxDepth = 8;
const parseYaml = (text, file) => {
    const placeAt = placesIn(text, file);
    const found = [];
    const wrong = (code, offset) => {
        if (found.length < maxFaults)
            found.push({ input: 'manifest', form: 'sentences', ...faultOf(code), at: placeAt(offset) });
    };
    const document = (0,dist/* parseDocument */.Tp)(text, {
        ...{ version: '1.2', schema: 'core', merge: false, resolveKnownTags: false, uniqueKeys: false },
        ...{ prettyErrors: false, logLevel: 'error' },
    });
    for (const { code, pos } of [...document.errors, ...document.warnings])
        wrong(code, pos[0]);
    if (found.length > 0)
        return found;
    const root = nodesOf({ placeAt, wrong })(document.contents);
    return found.length > 0 ? found : root;
};
const placesIn = (text, file) => {
    const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
    return (offset) => {
        let [first, after] = [0, starts.length];
        while (after - first > 1) {
            const middle = (first + after) >> 1;
            if ((starts[middle] ?? 0) <= offset)
                first = middle;
            else
                after = middle;
        }
        return { file, line: first + 1, column: offset - (starts[first] ?? 0) + 1 };
    };
};
const nodesOf = ({ placeAt, wrong }) => {
    const anchors = new Map();
    const nothing = (at) => ({ kind: 'nothing', text: '', at });
    const nodeOf = (given, depth, fallback) => {
        const offset = given?.range?.[0] ?? fallback;
        if ((0,dist/* isAlias */.Vj)(given)) {
            const target = anchors.get(given.source);
            if (target === undefined)
                wrong('BAD_ALIAS', offset);
            return target ?? nothing(placeAt(offset));
        }
        if (depth > maxDepth) {
            wrong('TOO_DEEP', offset);
            return nothing(placeAt(offset));
        }
        const node = ownNodeOf(given, depth, offset);
        if (given?.anchor !== undefined)
            anchors.set(given.anchor, node);
        return node;
    };
    const ownNodeOf = (given, depth, offset) => {
        const at = placeAt(offset);
        if ((0,dist/* isSeq */.oP)(given)) {
            return { kind: 'list', at, items: given.items.map((item) => nodeOf(item, depth + 1, offset)) };
        }
        if ((0,dist/* isMap */.jh)(given))
            return { kind: 'mapping', at, mapping: { at, entries: entriesOf(given.items, depth, offset) } };
        if (!(0,dist/* isScalar */.jn)(given) || given.value === null || given.value === '')
            return nothing(at);
        const { value, source = '' } = given;
        if (typeof value === 'string')
            return { kind: 'scalar', text: value, at };
        return { kind: typeof value === 'boolean' ? 'boolean' : 'scalar', text: source, at };
    };
    const entriesOf = (items, depth, fallback) => {
        const seen = new Set();
        return items.map(({ key, value }) => {
            const name = key;
            const offset = name?.range?.[0] ?? fallback;
            if (!(0,dist/* isScalar */.jn)(name))
                wrong('NON_STRING_KEY', offset);
            const text = (0,dist/* isScalar */.jn)(name) ? String(name.value) : '';
            if (seen.has(text))
                wrong('DUPLICATE_KEY', offset);
            seen.add(text);
            const one = { key: text, at: placeAt(offset) };
            return { ...one, value: nodeOf(value, depth + 1, offset) };
        });
    };
    return (root) => nodeOf(root, 0, 0);
};

;// CONCATENATED MODULE: ./lib/inputs/shard.js
const maxShares = 256;
const parseShard = (text) => {
    const [, index = '', of = ''] = /^([1-9]\d{0,2})\/([1-9]\d{0,2})$/.exec(text) ?? [];
    const shard = { index: Number(index), of: Number(of) };
    return shard.index >= 1 && shard.index <= shard.of && shard.of <= maxShares ? shard : undefined;
};
const accountsOf = (accounts, { index, of }, sizeOf) => {
    const nameOf = ({ name = '' }) => name;
    const sorted = accounts.toSorted((a, b) => sizeOf(b) - sizeOf(a) || (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
    const sizes = Array.from({ length: of }, () => 0);
    const own = new Set();
    for (const account of sorted) {
        const emptiest = sizes.indexOf(Math.min(...sizes));
        sizes[emptiest] = (sizes[emptiest] ?? 0) + sizeOf(account);
        if (emptiest === index - 1)
            own.add(account);
    }
    return accounts.filter((account) => own.has(account));
};
const sitesOf = ({ entries }) => entries.reduce((sum, { zones }) => sum + zonesIn(zones), 0);
const zonesIn = (zones) => zones.by === 'id' ? zones.ids.length : zones.by === 'name' ? zones.names.length : 1;

;// CONCATENATED MODULE: ./lib/inputs/manifest.js










const maxSites = 5000;
const maxLength = 32 * 1024 * 1024;
const parts = ['defaults', 'accounts', 'sites'];
const deployed = {
    parse: (reader) => {
        const entry = (0,inputs/* parseEntry */.ER)(reader);
        return (account, at) => ({ ...(0,inputs/* entryAt */._f)(entry, account), at });
    },
};
const parseManifest = (env, file, mask) => parseManifestAs(deployed, env, file, mask);
const parseManifestAs = (kind, env, { text, file }, mask) => {
    for (const secret of literalsIn(text))
        mask(secret);
    const findings = [];
    const find = (finding) => findings.push(finding);
    const options = { env: { ...env }, find, unset: find, mask };
    const step = (0,inputs_reader/* inputReader */.c)(env);
    const shard = shardOf(step);
    const root = parseYaml(text, file);
    if ('kind' in root) {
        const task = taskOf(kind, root, file, options);
        if (findings.length + step.findings.length === 0) {
            if (shard === undefined)
                return task;
            return { ...task, accounts: accountsOf(task.accounts, shard, sitesOf), shard: step.get('shard') };
        }
    }
    else
        root.forEach(find);
    throw (0,inputs/* problemWith */.CO)('Input.Manifest', inOrder([...step.findings, ...findings]));
};
const inOrder = (findings) => {
    const keyOf = ({ input, seen, expected, at }) => JSON.stringify([input, seen, expected, at]);
    const [line, column] = [({ at }) => at?.line ?? 0, ({ at }) => at?.column ?? 0];
    return (0,lists/* uniqueBy */.pD)(findings, keyOf).toSorted((a, b) => line(a) - line(b) || column(a) - column(b));
};
const shardOf = (step) => {
    for (const name of replacedInputs) {
        if (step.get(name) !== '')
            step.wrong(name, 'a value', 'nothing together with manifest');
    }
    const text = step.get('shard');
    const shard = parseShard(text);
    if (text !== '' && shard === undefined)
        step.wrong('shard', (0,inputs_reader/* quote */.h)(text), 'i/n, such as 2/4, with at most 256 shares');
    return shard;
};
const taskOf = (kind, root, file, options) => {
    const { env, find } = options;
    const top = topOf(root, file, find);
    const mapping = mappingOf(top.get('defaults'), 'defaults', find);
    const defaults = mapping ? layerOf(read(mapping, kind), defaultKeys, options) : new Map();
    const waitMs = parsedFrom([defaults], { env, find, at: mapping?.at }, inputs/* parseWait */.DF);
    const accounts = accountsIn(top.get('accounts'), options);
    const tasks = tasksOf(sitesIn(top.get('sites'), find), { kind, defaults, accounts, options });
    accounts.checkUnused();
    return { accounts: tasks, waitMs };
};
const topOf = (root, file, find) => {
    const mapping = root.kind === 'nothing' ? { at: root.at, entries: [] } : mappingOf(root, 'manifest', find);
    for (const one of mapping?.entries ?? [])
        if (!parts.includes(one.key))
            find(unknownKey(one, parts));
    const top = new Map((mapping?.entries ?? []).map(({ key, value }) => [key, value]));
    const isEmpty = root.kind === 'scalar' && root.text === '';
    if ((mapping !== undefined || isEmpty) && !top.has('sites'))
        find({ input: 'sites', seen: 'nothing', expected: 'a list of sites', at: { file, line: 1, column: 1 } });
    return top;
};
const sitesIn = (node, find) => {
    if (node === undefined)
        return [];
    const wrong = (seen, expected) => {
        find({ input: 'sites', seen, expected, at: node.at });
        return [];
    };
    if (node.kind !== 'list')
        return wrong(node.kind === 'mapping' ? 'a mapping' : 'no list', 'a list of sites');
    if (node.items.length === 0)
        return wrong('an empty list', 'a list of sites');
    if (node.items.length > maxSites)
        return wrong(`${node.items.length} sites`, `at most ${maxSites}`);
    return node.items.flatMap((item) => {
        if (item.kind === 'nothing')
            find({ input: 'sites', seen: 'an empty entry', expected: 'a site', at: item.at });
        return mappingOf(item, 'sites', find) ?? [];
    });
};
const read = ({ at, entries }, { keys }) => {
    const all = [...siteKeys, ...defaultKeys];
    const isRead = (key) => keys === undefined || keys.some((one) => one === key) || !all.includes(key);
    return { at, entries: entries.filter(({ key }) => isRead(key)) };
};
const tasksOf = (sites, { kind, defaults, accounts, options }) => {
    const { env, find } = options;
    const groups = new Map();
    let length = 0;
    for (const site of sites) {
        const { at } = site;
        const name = site.entries.find(({ key }) => key === 'account')?.value;
        const own = { at, entries: site.entries.filter(({ key }) => key !== 'account') };
        const layer = layerOf(read(own, kind), siteKeys, options);
        const account = name === undefined ? accounts.ofStep(at) : accounts.named(name);
        length += lengthOf([layer, defaults]);
        if (length > maxLength) {
            find({ ...tooLong, at });
            break;
        }
        const entry = parsedFrom([layer, defaults], { env, find, at }, kind.parse);
        if (account !== undefined)
            addTo(groups, account, entry(account.account, at));
    }
    return [...groups.values()].flatMap(({ name, account, entries }) => (0,lists/* isNonEmpty */.J_)(entries) ? { ...(name === undefined ? {} : { name }), account, entries } : []);
};
const tooLong = {
    input: 'sites',
    seen: 'more than 32 MiB of values',
    expected: 'less, with all that aliases and defaults repeat',
};
const lengthOf = (layers) => [...layered(layers).values].reduce((sum, [, { text }]) => sum + text.length, 0);
const addTo = (groups, account, entry) => {
    const group = groups.get(account.key) ?? { ...account, entries: [] };
    group.entries.push(entry);
    const [name] = [group.name, account.name].filter((one) => one !== undefined).toSorted();
    groups.set(account.key, { ...group, name });
};


/***/ })

};
