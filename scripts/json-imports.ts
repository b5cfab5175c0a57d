import { registerHooks } from 'node:module'

// Adds the import attribute that Node requires for JSON, and that @actions/languageservice leaves out.
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
