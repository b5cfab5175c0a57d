import { setFlagsFromString } from 'node:v8'

/** Sets what a runner, which starts the action without flags, cannot. To be called before anything else. */
export const setEngine = (): void => {
  // Many sites take half the memory: the young generation keeps its size, and the old one is collected before it grows.
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--optimize-for-size')
  // The process ends 30 ms sooner: undici's WebAssembly parser is not optimized.
  setFlagsFromString('--wasm-tiering-budget=2000000000')
  // 7 ms sooner: regular expressions that run only a few times are not optimized, and are interpreted longer before they are compiled.
  setFlagsFromString('--no-regexp-peephole-optimization')
  setFlagsFromString('--regexp-tier-up-ticks=30')
}
