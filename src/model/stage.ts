/**
 * How far a change has come, in order: EdgeOne accepted it; every host was read back online with the certificate; a TLS handshake
 * returned it.
 */
export const stages = ['accepted', 'deployed', 'served'] as const
export type Stage = (typeof stages)[number]

/** The stages up to this one, in order. */
export const stagesUpTo = (stage: Stage): readonly Stage[] => stages.slice(0, stages.indexOf(stage) + 1)

/** The earlier of two stages. */
export const earlierOf = (a: Stage, b: Stage): Stage => (stages.indexOf(a) < stages.indexOf(b) ? a : b)
