declare module 'proxy-from-env' {
  /** The proxy for a URL by `<scheme>_proxy`, `all_proxy` and `no_proxy` in either letter case; empty when there is none. */
  export const getProxyForUrl: (url: string | URL) => string
}
