/** What kind of thing an alarm is about. */
export type Cause = 'file' | 'socket' | 'gate' | 'start';

export interface AlarmBell {
  /** Tells of something, at once or counted with what else has the same cause. */
  ring(cause: Cause, what: string): void;
  dispose(): void;
}

/** In so long a time, one cause is told this often one by one; the rest is counted and told at the end of it. */
const SPAN_MS = 60_000;
const AT_ONCE: Readonly<Record<Cause, number>> = { file: 1, socket: 1, gate: 3, start: 3 };

interface Span {
  told: number;
  more: number;
  last: string;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Keeps alarms readable: whoever does the same thing over and over would fill the record and the screen, and hide behind that what
 * else happens. Nothing is left out: what is not told by itself is counted.
 */
export function alarmBell(tell: (what: string) => void, spanMs = SPAN_MS): AlarmBell {
  const spans = new Map<Cause, Span>();
  const flush = (span: Span): boolean => {
    if (span.more === 0) return false;
    tell(span.more === 1 ? span.last : `${span.more} times more within ${Math.round(spanMs / 1000)} seconds, the last time: ${span.last}`);
    span.more = 0;
    return true;
  };
  const close = (cause: Cause, span: Span): void => {
    // While it goes on, so does the counting.
    if (flush(span)) span.timer = later(cause, span);
    else spans.delete(cause);
  };
  const later = (cause: Cause, span: Span): NodeJS.Timeout => setTimeout(() => close(cause, span), spanMs).unref();
  return {
    ring(cause, what) {
      let span = spans.get(cause);
      if (!span) {
        span = { told: 0, more: 0, last: what, timer: undefined };
        span.timer = later(cause, span);
        spans.set(cause, span);
      }
      span.last = what;
      if (span.told < AT_ONCE[cause]) {
        span.told++;
        return tell(what);
      }
      span.more++;
    },
    dispose() {
      for (const span of spans.values()) {
        clearTimeout(span.timer);
        flush(span);
      }
      spans.clear();
    },
  };
}
