import { registerHooks } from 'node:module'

// @actions/languageservice imports JSON without an import attribute, which Node does not take: it is added here.
registerHooks({
  load: (url, context, next) =>
    url.endsWith('.json') && context.importAttributes['type'] === undefined
      ? next(url, { ...context, format: 'json', importAttributes: { type: 'json' } })
      : next(url, context),
  resolve: (specifier, context, next) => {
    const found = next(specifier, context)
    return found.url.endsWith('.json') ? { ...found, importAttributes: { type: 'json' } } : found
  },
})
