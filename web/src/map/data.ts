/**
 * What the map draws, as `/api/map` sends it. Invariant: an incident counts in a stretch of time if it may lie in it, as
 * in the list of incidents; without a stretch all count, undated ones too.
 */

export type Level = "exact" | "near" | "adm2" | "adm1" | "country" | "region";

/** A place, drawn once. Without coordinates and shape it is in the table only. */
export interface Place {
  readonly index: number;
  readonly level: Level;
  readonly name: string;
  readonly country: string | null;
  readonly admin1: string | null;
  readonly admin2: string | null;
  readonly shape: string | number | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly radius: number | null;
}

/** Columns: number of the place, first and last month (since January of the year 0; null is open), incidents. */
interface Counts {
  readonly place: readonly number[];
  readonly from: readonly (number | null)[];
  readonly to: readonly (number | null)[];
  readonly incidents: readonly number[];
}

/** A stretch of months, both ends in it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Incidents by month: those that lie in it, and those that may, from the month `first` on. */
export interface Months {
  readonly first: number;
  readonly sure: readonly number[];
  readonly may: readonly number[];
  readonly undated: number;
}

export class MapData {
  readonly places: readonly Place[];
  private readonly counts: Counts;

  constructor(body: { readonly places: readonly (readonly unknown[])[]; readonly counts: Counts }) {
    this.places = body.places.map((row, index) => {
      const [level, name, country, admin1, admin2, shape, latitude, longitude, radius] = row;
      return { index, level, name, country, admin1, admin2, shape, latitude, longitude, radius } as Place;
    });
    this.counts = body.counts;
  }

  /** Incidents at each place, by its index. */
  within(span: Span | null): Uint32Array {
    const { place, from, to, incidents } = this.counts;
    const found = new Uint32Array(this.places.length);
    for (let row = 0; row < place.length; row++) {
      const [first, last] = [from[row] ?? null, to[row] ?? null];
      if (span !== null) {
        if (first === null && last === null) continue;
        if ((first !== null && first > span.to) || (last !== null && last < span.from)) continue;
      }
      const at = place[row] ?? 0;
      found[at] = (found[at] ?? 0) + (incidents[row] ?? 0);
    }
    return found;
  }

  /** Incidents by month, over the months that some incident is known to lie in. */
  months(): Months {
    const { from, to, incidents } = this.counts;
    let [first, last, undated] = [Infinity, -Infinity, 0];
    from.forEach((month, row) => {
      if (month === null && to[row] === null) undated += incidents[row] ?? 0;
      if (month === null || month !== to[row]) return;
      first = Math.min(first, month);
      last = Math.max(last, month);
    });
    if (first > last) return { first: 0, sure: [], may: [], undated };
    const length = last - first + 1;
    const sure = new Array<number>(length).fill(0);
    const steps = new Array<number>(length + 1).fill(0); // what begins, less what ended
    from.forEach((month, row) => {
      const [end, count] = [to[row] ?? null, incidents[row] ?? 0];
      if (month === null && end === null) return;
      if (month !== null && month === end) {
        sure[month - first] = (sure[month - first] ?? 0) + count;
        return;
      }
      const begin = Math.max(0, (month ?? first) - first);
      const after = Math.min(length, (end ?? last) - first + 1);
      if (begin >= after) return;
      steps[begin] = (steps[begin] ?? 0) + count;
      steps[after] = (steps[after] ?? 0) - count;
    });
    let open = 0;
    const may = sure.map((_, month) => (open += steps[month] ?? 0));
    return { first, sure, may, undated };
  }
}

/** 24201 is 2016-10. */
export function monthName(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
}

/** First and last day of a stretch of months. */
export function daysOf(span: Span): { since: string; until: string } {
  const days = new Date(Date.UTC(Math.floor(span.to / 12), (span.to % 12) + 1, 0)).getUTCDate();
  return { since: `${monthName(span.from)}-01`, until: `${monthName(span.to)}-${days}` };
}
