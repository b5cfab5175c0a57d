/** The largest difference between a time zone and UTC, milliseconds. */
export const maxOffsetMs = 14 * 3_600_000

const minuteOf = (time: number): number => Math.floor(time / 60_000)

/** Whether two times are in the same minute: services may leave out the seconds. */
export const isSameMinute = (a: number, b: number): boolean => minuteOf(a) === minuteOf(b)

/**
 * Whether two times can be the same if the time zone of one of them is uncertain: SSL Certificate Service lists times without a zone, as
 * GMT+8 according to the documentation of one of the two sites. They differ by whole hours, at most 14, seconds aside.
 */
export const canBeSameTime = (a: number, b: number): boolean => {
  const minutes = minuteOf(a) - minuteOf(b)
  return minutes % 60 === 0 && Math.abs(minutes) * 60_000 <= maxOffsetMs
}
