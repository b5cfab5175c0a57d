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
// EXTERNAL MODULE: ./lib/inputs/inputs.js + 3 modules
var inputs = __webpack_require__(7499);
// EXTERNAL MODULE: ./lib/inputs/table.js
var table = __webpack_require__(4565);
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
const accountKeys = [...table/* credentialInputs */.HP, 'site', 'region', 'endpoint'];
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
    const reader = (0,inputs_reader/* inputReader */.cN)({ ...env, ...Object.fromEntries(changes) });
    const made = parse(reader);
    for (const finding of reader.findings) {
        const { input, seen } = finding;
        const given = values.get(input);
        if (given?.isWrong)
            continue;
        const isOfStep = given === undefined && isQuote(seen, (env[(0,table/* variable */.bv)(input)] ?? '').trim());
        const place = given === undefined ? at : placeIn(given, seen);
        find(isOfStep || place === undefined ? finding : { ...finding, at: place });
    }
    return made;
};
const placeIn = ({ items, at }, seen) => items.find(({ text }) => seen.en.startsWith((0,inputs_reader/* quote */.hD)(text.trim()).en))?.at ?? at;
const isQuote = (seen, text) => text !== '' && seen.en === (0,inputs_reader/* quote */.hD)(text).en;

// EXTERNAL MODULE: ./lib/util/suggest.js
var suggest = __webpack_require__(5666);
// EXTERNAL MODULE: ./lib/util/language.js
var language = __webpack_require__(9932);
// EXTERNAL MODULE: ./lib/pem/key-lines.js
var key_lines = __webpack_require__(7019);
// EXTERNAL MODULE: ./lib/pem/sources.js
var sources = __webpack_require__(9636);
;// CONCATENATED MODULE: ./lib/inputs/manifest-secrets.js




const minSecret = 8;
const ownVariable = /^(?:ACTIONS|GITHUB|RUNNER|INPUT)_|^GH_TOKEN$/i;
const readVariable = (key, name, { env, mask }) => {
    const expected = {
        en: `a variable in the environment of the step (env:), by its name, such as \${NAME}`,
        zh: `\u6b65\u9aa4\u73af\u5883\uff08env:\uff09\u4e2d\u7684\u53d8\u91cf\uff0c\u6309\u540d\u79f0\u5f15\u7528\uff0c\u4f8b\u5982 \${NAME}`,
    };
    if (!/^[A-Za-z_]\w*$/.test(name))
        return { seen: { en: 'no name of a variable (not shown)', zh: '\u4e0d\u662f\u53d8\u91cf\u540d\u7684\u5185\u5bb9\uff08\u672a\u663e\u793a\uff09' }, expected };
    if (ownVariable.test(name)) {
        return { seen: { en: `\${${name}}, which belongs to the runner`, zh: `\${${name}}\uff0c\u5c5e\u4e8e\u8fd0\u884c\u5668\u7684\u53d8\u91cf` }, expected };
    }
    const value = Object.hasOwn(env, name) ? (env[name] ?? '') : '';
    if (value.trim() === '')
        return { seen: { en: `\${${name}}, which is not set, or empty`, zh: `\${${name}}\uff0c\u672a\u8bbe\u7f6e\u6216\u4e3a\u7a7a` }, expected };
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
    const path = isPem
        ? { en: 'the path of a PEM file in the workspace, or ', zh: '\u5de5\u4f5c\u533a\u5185 PEM \u6587\u4ef6\u7684\u8def\u5f84\uff0c\u6216' }
        : (0,language/* inBoth */.ZQ)('');
    return {
        seen: { en: 'a key in the file (not shown)', zh: '\u5199\u5728\u6587\u4ef6\u4e2d\u7684\u5bc6\u94a5\uff08\u672a\u663e\u793a\uff09' },
        expected: {
            en: `${path.en}a variable of the step\u2019s environment, such as \${NAME}`,
            zh: `${path.zh}\u6b65\u9aa4\u73af\u5883\u4e2d\u7684\u53d8\u91cf\uff0c\u4f8b\u5982 \${NAME}`,
        },
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
    const seen = node.kind === 'list' ? kinds.list : { en: 'a single value', zh: '\u5355\u4e2a\u503c' };
    find({ input, seen, expected: { en: 'a mapping of keys and values', zh: '\u7531\u952e\u548c\u503c\u7ec4\u6210\u7684\u6620\u5c04' }, at: node.at });
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
    const isShown = key === '<<' || /^[A-Za-z][A-Za-z_ -]{0,39}$/.test(key);
    const seen = isShown
        ? { en: 'this key does not exist here', zh: '\u6b64\u5904\u6ca1\u6709\u8fd9\u4e2a\u952e' }
        : { en: 'this key (not shown) does not exist here', zh: '\u6b64\u5904\u6ca1\u6709\u8fd9\u4e2a\u952e\uff08\u672a\u663e\u793a\uff09' };
    const found = { input: isShown ? key : 'manifest', form: 'sentences', seen, at };
    if (key === '<<')
        return { ...found, expected: noMergeKeys };
    const elsewhere = belongs(key);
    if (elsewhere !== undefined)
        return { ...found, expected: elsewhere };
    const [suggestion] = (0,suggest/* nearest */.p)(key, allowed, 1);
    if (suggestion === undefined) {
        const expected = { en: `The keys are ${allowed.join(', ')}.`, zh: `\u53ef\u7528\u7684\u952e\uff1a${allowed.join('\u3001')}\u3002` };
        return { ...found, expected };
    }
    return { ...found, expected: { en: `Did you mean \u201c${suggestion}\u201d?`, zh: `\u662f\u5426\u5e94\u4e3a\u201c${suggestion}\u201d\uff1f` } };
};
const noMergeKeys = {
    en: 'Merge keys are not read. Put what sites have in common into \u201cdefaults\u201d, or repeat it.',
    zh: '\u4e0d\u652f\u6301\u5408\u5e76\u952e\uff08`<<`\uff09\u3002\u8bf7\u628a\u5404\u7ad9\u70b9\u5171\u6709\u7684\u5185\u5bb9\u5199\u5728\u201cdefaults\u201d\u4e2d\uff0c\u6216\u5728\u5404\u7ad9\u70b9\u4e2d\u5206\u522b\u586b\u5199\u3002',
};
const belongs = (key) => {
    const isIn = (keys) => keys.includes(key);
    if (isIn(accountKeys))
        return { en: 'It belongs to an account under \u201caccounts\u201d.', zh: '\u5b83\u5e94\u5199\u5728\u201caccounts\u201d\u4e0b\u7684\u8d26\u53f7\u4e2d\u3002' };
    if (isIn(siteKeys))
        return { en: 'It belongs to a site under \u201csites\u201d.', zh: '\u5b83\u5e94\u5199\u5728\u201csites\u201d\u4e0b\u7684\u7ad9\u70b9\u4e2d\u3002' };
    if (isIn(defaultKeys)) {
        return {
            en: 'It holds for the whole step, so it belongs to \u201cdefaults\u201d.',
            zh: '\u5b83\u4f5c\u7528\u4e8e\u6574\u4e2a\u6b65\u9aa4\uff0c\u5e94\u5199\u5728\u201cdefaults\u201d\u4e2d\u3002',
        };
    }
    if (!Object.hasOwn(table/* inputDefaults */.V0, key))
        return undefined;
    return { en: 'It is an input of the step alone.', zh: '\u5b83\u53ea\u80fd\u4f5c\u4e3a\u6b65\u9aa4\u7684\u8f93\u5165\u3002' };
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
        const seen = { en: 'variables and other values in one list', zh: '\u540c\u65f6\u542b\u6709\u53d8\u91cf\u548c\u5176\u4ed6\u503c\u7684\u5217\u8868' };
        options.find({ input: key, seen, expected: { en: 'either of them', zh: '\u5176\u4e2d\u4e00\u79cd' }, at });
        return wrong;
    }
    return { text: texts.join('\n'), at, items: isVariable.includes(true) ? [] : items };
};
const scalarsOf = (key, value) => {
    const expected = includes(listKeys, key)
        ? { en: 'a value, or a list of values', zh: '\u4e00\u4e2a\u503c\uff0c\u6216\u7531\u503c\u7ec4\u6210\u7684\u5217\u8868' }
        : { en: 'one value', zh: '\u4e00\u4e2a\u503c' };
    if (value.kind === 'mapping')
        return { seen: kinds.mapping, expected };
    if (value.kind !== 'list')
        return { items: [value] };
    if (!includes(listKeys, key))
        return { seen: kinds.list, expected };
    if (value.items.length === 0)
        return { seen: kinds['empty list'], expected: orNone(expected) };
    const items = value.items.flatMap((item) => (item.kind === 'list' || item.kind === 'mapping' ? [] : [item]));
    if (items.length === value.items.length)
        return { items };
    return { seen: { en: 'a list with lists or mappings in it', zh: '\u542b\u6709\u5217\u8868\u6216\u6620\u5c04\u7684\u5217\u8868' }, expected };
};
const kinds = {
    mapping: { en: 'a mapping', zh: '\u6620\u5c04' },
    list: { en: 'a list', zh: '\u5217\u8868' },
    'empty list': { en: 'an empty list', zh: '\u7a7a\u5217\u8868' },
};
const orNone = ({ en, zh }) => ({ en: `${en}; or leave the key out`, zh: `${zh}\uff1b\u6216\u7701\u7565\u8be5\u952e` });
const variableIn = (text) => /^\$\{([^${}]*)\}$/.exec(text.trim())?.[1];
const expression = {
    seen: { en: 'an expression (not shown)', zh: '\u8868\u8fbe\u5f0f\uff08\u672a\u663e\u793a\uff09' },
    expected: {
        en: `no expression, because GitHub evaluates them in workflows only: for a key, set a variable in the step\u2019s env:, and name it here as \${NAME}`,
        zh: `\u4e0d\u542b\u8868\u8fbe\u5f0f\u7684\u503c\uff0c\u56e0\u4e3a GitHub \u53ea\u5728\u5de5\u4f5c\u6d41\u4e2d\u8ba1\u7b97\u8868\u8fbe\u5f0f\uff1a\u5982\u9700\u5bc6\u94a5\uff0c\u8bf7\u5728\u6b65\u9aa4\u7684 env: \u4e2d\u8bbe\u7f6e\u53d8\u91cf\uff0c\u5e76\u5728\u6b64\u5904\u4ee5 \${NAME} \u5f15\u7528`,
    },
};
const textOf = (key, { kind, text, at }, options) => {
    const wrong = (fault) => {
        options.find({ input: key, at, ...fault });
    };
    if (text.trim() === '')
        return wrong({ seen: inputs_reader/* nothingGiven */.Xw, expected: orNone({ en: 'a value', zh: '\u4e00\u4e2a\u503c' }) });
    if (kind === 'boolean' && !isFlag(key)) {
        const expected = { en: 'a text, in quotes if it is this word', zh: '\u6587\u672c\uff1b\u5982\u679c\u786e\u5b9e\u662f\u8fd9\u4e2a\u8bcd\uff0c\u8bf7\u52a0\u5f15\u53f7' };
        return wrong({ seen: (0,language/* inBoth */.ZQ)(text), expected });
    }
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
    const where = includes(variableKeys, key)
        ? { en: 'as a whole value', zh: '\u4f5c\u4e3a\u6574\u4e2a\u503c' }
        : { en: `in ${variableKeys.join(', ')}`, zh: `\u5728 ${variableKeys.join('\u3001')} \u4e2d` };
    const expected = {
        en: `a value without \${\u2026}: variables are read only ${where.en}`,
        zh: `\u4e0d\u542b \${\u2026} \u7684\u503c\uff1a\u53d8\u91cf\u53ea\u80fd${where.zh}\u4f7f\u7528`,
    };
    return wrong({ seen: (0,inputs_reader/* quote */.hD)(text), expected });
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
            find({ input: 'accounts', seen: shown(name), expected: nameForm, at });
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
const nameForm = { en: 'a name of letters, digits and any of . _ -', zh: '\u7531\u5b57\u6bcd\u3001\u6570\u5b57\u548c . _ - \u7ec4\u6210\u7684\u540d\u79f0' };
const shown = (name) => name === '' || isName(name) ? (0,inputs_reader/* quote */.hD)(name) : { en: 'no name (not shown)', zh: '\u4e0d\u662f\u540d\u79f0\u7684\u5185\u5bb9\uff08\u672a\u663e\u793a\uff09' };
const namedAs = (name, account) => ({
    name,
    account,
    key: JSON.stringify(account),
});
const expectedName = (name, listed) => {
    const names = [...listed.keys()];
    const [suggestion] = (0,suggest/* nearest */.p)(name, names, 1);
    if (suggestion !== undefined)
        return { en: `\u201c${suggestion}\u201d, perhaps`, zh: `\u201c${suggestion}\u201d\uff08\u540d\u79f0\u76f8\u8fd1\uff09` };
    if (names.length === 0)
        return { en: 'the name of an account under accounts', zh: 'accounts \u4e0b\u7684\u8d26\u53f7\u540d\u79f0' };
    const some = names.slice(0, 20);
    return { en: `one of ${some.join(', ')}`, zh: `\u4ee5\u4e0b\u4e4b\u4e00\uff1a${some.join('\u3001')}` };
};

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./lib/inputs/yaml-faults.js

const quoted = {
    en: 'Put a value that holds `: `, ` #`, or begins with any of `* & ! % @ { [ | >` into quotes.',
    zh: '\u542b\u6709 `: ` \u6216 ` #`\uff0c\u6216\u4ee5 `* & ! % @ { [ | >` \u4e4b\u4e00\u5f00\u5934\u7684\u503c\uff0c\u8bf7\u52a0\u5f15\u53f7\u3002',
};
const indented = {
    en: 'Indent with spaces, the keys of one mapping by the same number.',
    zh: '\u8bf7\u7528\u7a7a\u683c\u7f29\u8fdb\uff0c\u540c\u4e00\u6620\u5c04\u7684\u5404\u4e2a\u952e\u7f29\u8fdb\u76f8\u540c\u7684\u7a7a\u683c\u6570\u3002',
};
const tooDeep = [
    { en: 'Lists or mappings are nested too deeply', zh: '\u5217\u8868\u6216\u6620\u5c04\u5d4c\u5957\u8fc7\u6df1' },
    { en: 'A manifest needs no more than five levels.', zh: '\u6e05\u5355\u6587\u4ef6\u6700\u591a\u9700\u8981\u4e94\u5c42\u3002' },
];
const faults = {
    ALIAS_PROPS: [
        { en: 'An alias has an anchor or a tag', zh: '\u522b\u540d\u5e26\u6709\u951a\u70b9\u6216\u6807\u7b7e' },
        { en: 'Write the alias alone.', zh: '\u8bf7\u53ea\u5199\u522b\u540d\u672c\u8eab\u3002' },
    ],
    BAD_ALIAS: [{ en: 'An alias stands for no earlier anchor', zh: '\u522b\u540d\u6ca1\u6709\u5bf9\u5e94\u7684\u3001\u5728\u5b83\u4e4b\u524d\u7684\u951a\u70b9' }, quoted],
    BAD_DQ_ESCAPE: [
        { en: 'An escape in double quotes does not exist', zh: '\u53cc\u5f15\u53f7\u4e2d\u7684\u8f6c\u4e49\u5e8f\u5217\u4e0d\u5b58\u5728' },
        {
            en: 'Use single quotes, in which a backslash is a backslash.',
            zh: '\u8bf7\u4f7f\u7528\u5355\u5f15\u53f7\uff0c\u5176\u4e2d\u7684\u53cd\u659c\u6760\u5c31\u662f\u53cd\u659c\u6760\u672c\u8eab\u3002',
        },
    ],
    BAD_INDENT: [
        {
            en: 'A line is not indented as YAML needs it, or a bracket is not closed',
            zh: '\u67d0\u4e00\u884c\u7684\u7f29\u8fdb\u4e0d\u7b26\u5408 YAML \u7684\u8981\u6c42\uff0c\u6216\u62ec\u53f7\u6ca1\u6709\u95ed\u5408',
        },
        indented,
    ],
    BAD_SCALAR_START: [
        { en: 'A value begins with a character that has a meaning in YAML', zh: '\u503c\u4ee5\u5728 YAML \u4e2d\u6709\u7279\u6b8a\u542b\u4e49\u7684\u5b57\u7b26\u5f00\u5934' },
        quoted,
    ],
    BLOCK_AS_IMPLICIT_KEY: [
        { en: 'A mapping begins where YAML allows none', zh: '\u6620\u5c04\u51fa\u73b0\u5728 YAML \u4e0d\u5141\u8bb8\u7684\u4f4d\u7f6e' },
        indented,
    ],
    BLOCK_IN_FLOW: [
        {
            en: 'A list or mapping of several lines stands in `[ ]` or `{ }`',
            zh: '`[ ]` \u6216 `{ }` \u4e2d\u6709\u591a\u884c\u5f62\u5f0f\u7684\u5217\u8868\u6216\u6620\u5c04',
        },
        { en: 'Write it in `[ ]` or `{ }` as well.', zh: '\u8bf7\u5c06\u5176\u4e5f\u5199\u6210 `[ ]` \u6216 `{ }` \u7684\u5f62\u5f0f\u3002' },
    ],
    DUPLICATE_KEY: [
        { en: 'A key occurs twice', zh: '\u952e\u91cd\u590d\u51fa\u73b0' },
        { en: 'Keep one of the two.', zh: '\u8bf7\u53ea\u4fdd\u7559\u5176\u4e2d\u4e00\u4e2a\u3002' },
    ],
    MISSING_CHAR: [
        {
            en: 'A character is missing, such as a colon, a quote, a comma, or the end of a bracket',
            zh: '\u7f3a\u5c11\u5b57\u7b26\uff0c\u4f8b\u5982\u5192\u53f7\u3001\u5f15\u53f7\u3001\u9017\u53f7\u6216\u53f3\u62ec\u53f7',
        },
        { en: 'Add it.', zh: '\u8bf7\u8865\u4e0a\u3002' },
    ],
    MULTIPLE_DOCS: [
        { en: 'The file holds several YAML documents', zh: '\u6587\u4ef6\u4e2d\u6709\u591a\u4e2a YAML \u6587\u6863' },
        { en: 'Keep one, and remove the lines `---`.', zh: '\u8bf7\u53ea\u4fdd\u7559\u4e00\u4e2a\uff0c\u5e76\u5220\u9664 `---` \u884c\u3002' },
    ],
    NON_STRING_KEY: [
        { en: 'A key is not a name', zh: '\u952e\u4e0d\u662f\u540d\u79f0' },
        { en: 'Use the names of inputs as keys.', zh: '\u8bf7\u7528\u8f93\u5165\u7684\u540d\u79f0\u4f5c\u4e3a\u952e\u3002' },
    ],
    RESOURCE_EXHAUSTION: tooDeep,
    TAB_AS_INDENT: [{ en: 'A tab is used to indent', zh: '\u4f7f\u7528\u4e86\u5236\u8868\u7b26\u7f29\u8fdb' }, indented],
    TAG_RESOLVE_FAILED: [
        { en: 'A value has a tag (`!\u2026`) that is not allowed here', zh: '\u503c\u5e26\u6709\u6b64\u5904\u4e0d\u5141\u8bb8\u7684\u6807\u7b7e\uff08`!\u2026`\uff09' },
        (0,language/* sentences */.hC)([{ en: 'Remove the tag.', zh: '\u8bf7\u5220\u9664\u6807\u7b7e\u3002' }, quoted]),
    ],
    TOO_DEEP: tooDeep,
};
const faultOf = (code) => {
    const [seen, expected] = (Object.hasOwn(faults, code) ? faults[code] : undefined) ?? [
        { en: 'This is neither YAML nor JSON', zh: '\u5185\u5bb9\u65e2\u4e0d\u662f YAML \u4e5f\u4e0d\u662f JSON' },
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
    const step = (0,inputs_reader/* inputReader */.cN)(env);
    const shard = shardOf(step);
    step.flag('comment-on-pull-request');
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
        if (step.get(name) !== '') {
            const expected = { en: 'nothing together with manifest', zh: '\u7a7a\uff1a\u4e0d\u80fd\u4e0e manifest \u540c\u65f6\u4f7f\u7528' };
            step.wrong(name, { en: 'a value', zh: '\u4e00\u4e2a\u503c' }, expected);
        }
    }
    const text = step.get('shard');
    const shard = parseShard(text);
    if (text !== '' && shard === undefined) {
        step.wrong('shard', (0,inputs_reader/* quote */.hD)(text), {
            en: 'i/n, such as 2/4, with at most 256 shares',
            zh: 'i/n\uff0c\u4f8b\u5982 2/4\uff0c\u6700\u591a 256 \u4e2a\u5206\u7247',
        });
    }
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
        find({ input: 'sites', seen: inputs_reader/* nothing */.s6, expected: siteList, at: { file, line: 1, column: 1 } });
    return top;
};
const siteList = { en: 'a list of sites', zh: '\u7ad9\u70b9\u5217\u8868' };
const sitesIn = (node, find) => {
    if (node === undefined)
        return [];
    const wrong = (seen, expected) => {
        find({ input: 'sites', seen, expected, at: node.at });
        return [];
    };
    if (node.kind !== 'list')
        return wrong(node.kind === 'mapping' ? kinds.mapping : { en: 'no list', zh: '\u4e0d\u662f\u5217\u8868\u7684\u5185\u5bb9' }, siteList);
    const { length } = node.items;
    if (length === 0)
        return wrong(kinds['empty list'], siteList);
    if (length > maxSites)
        return wrong({ en: `${length} sites`, zh: `${length} \u4e2a\u7ad9\u70b9` }, { en: `at most ${maxSites}`, zh: `\u4e0d\u8d85\u8fc7 ${maxSites} \u4e2a` });
    return node.items.flatMap((item) => {
        const [seen, expected] = [
            { en: 'an empty entry', zh: '\u7a7a\u6761\u76ee' },
            { en: 'a site', zh: '\u7ad9\u70b9' },
        ];
        if (item.kind === 'nothing')
            find({ input: 'sites', seen, expected, at: item.at });
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
    seen: { en: 'more than 32 MiB of values', zh: '\u603b\u8ba1\u8d85\u8fc7 32 MiB \u7684\u503c' },
    expected: {
        en: 'less, with all that aliases and defaults repeat',
        zh: '\u66f4\u5c11\u7684\u5185\u5bb9\uff08\u522b\u540d\u548c defaults \u91cd\u590d\u7684\u90e8\u5206\u4e5f\u8ba1\u7b97\u5728\u5185\uff09',
    },
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
