import type { Context } from './context.ts'

/** How long a task is polled, milliseconds; other tools also wait two minutes. */
const patience = 120_000

/** Milliseconds before the next question, by the number of questions so far: 1, 2, 4, 8, then 10 seconds. */
export const pauseBefore = (questions: number): number => Math.min(10_000, 1000 * 2 ** questions)

/**
 * Asks until the answer is final, for at most two minutes, and returns the last answer. Throws what `ask` throws, or the reason of the
 * signal.
 */
export const poll = async <T>(
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
  ask: () => Promise<T>,
  isFinal: (answer: T) => boolean,
): Promise<T> => {
  const end = clock.now() + patience
  for (let questions = 0; ; questions++) {
    const answer = await ask()
    if (isFinal(answer) || clock.now() + pauseBefore(questions) > end) return answer
    await clock.sleep(pauseBefore(questions), signal)
  }
}
