// The bodies of the HTTP interface, as docs/API.md writes them. Nothing here is computed by the page.

/** A bound that may be missing upwards. */
export type Num = number | 'unbounded';
/** [certain, best, possible], or [low, best, high] for people. */
export type Count = [Num, Num, Num];

export interface Head {
  size: number;
  root: string;
  witnessed?: boolean;
}
export type Verdict =
  'complied' | 'breached' | 'open' | 'undetermined' | 'not_observed' | 'suspended' | 'not_in_force' | 'no_verdict';
export type StepState =
  'waiting' | 'running' | 'acknowledged' | 'done' | 'done_late' | 'missed' | 'void' | 'suspended';

export interface Condition {
  compare: 'certain' | 'best' | 'possible';
  at_least?: Num;
  at_most?: Num;
  count: Count;
  words: string;
}

export interface Clause {
  label: string;
  article?: string;
  kind:
    | 'prohibition'
    | 'threshold'
    | 'step'
    | 'obligation'
    | 'quantity'
    | 'share'
    | 'force'
    | 'effect'
    | 'milestone'
    | 'permission'
    | 'stated';
  text?: string;
  reading?: string;
  line?: number;
  verdict: Verdict;
  final?: boolean;
  words: string;
  // prohibition
  actors?: string[];
  class?: string;
  zone?: string;
  begin?: string;
  end?: string;
  coverage_ppm?: number;
  findings?: number;
  breaches?: number;
  deaths?: Count;
  // threshold
  name?: string;
  active?: boolean;
  pending?: boolean;
  review?: boolean;
  rule?: string;
  rule_version?: number;
  window?: string;
  late?: string;
  of?: string;
  on?: Condition[];
  on_hold?: string;
  off?: Condition[];
  off_hold?: string;
  off_since?: string;
  distance?: number;
  instance?: string;
  // step
  actor?: string;
  must?: boolean;
  act?: string;
  to?: string[];
  within?: string;
  zero?: string;
  state?: string;
  lapsed?: boolean;
  zero_at?: string;
  due?: string;
  done_at?: string;
  overdue_at_discovery?: boolean;
  // the other sorts: since when in that state, and of periods or times how many
  since?: string;
  owed?: number;
  kept?: number;
  missed?: number;
  missing?: number;
  open?: number;
}
export interface StepOf {
  label: string;
  actor?: string;
  act?: string;
  state: StepState;
  lapsed?: boolean;
  zero_at?: string;
  due?: string;
  done_at?: string;
  overdue_at_discovery?: boolean;
}
export interface Instance {
  id: string;
  clause: string;
  number?: number;
  status: 'active' | 'cleared' | 'review';
  reached_at?: string;
  reached_first?: string;
  known_at?: string;
  known_index?: number;
  cleared_at?: string;
  cleared_known_at?: string;
  cleared_known_index?: number;
  off_since?: string;
  count?: Count;
  count_now?: Count;
  witnesses?: string[];
  steps?: StepOf[];
}
export interface Actor {
  id: string;
  name?: string;
  kind: 'party' | 'guarantor' | 'body' | 'witness';
}
export interface Source {
  id: string;
  kind?: string;
  register?: boolean;
  rows?: number;
  first?: string;
  last?: string;
}

export interface Board {
  agreement: {
    id: string;
    version?: string;
    title: string;
    note?: string;
    hypothetical?: boolean;
    tz: string;
    sha256?: string;
  };
  mission: { origin: string; mode: 'live' | 'replay' | 'exercise' };
  head: Head;
  now?: string;
  notices?: string[];
  audience: string;
  counts?: Record<string, number>;
  sources?: Source[];
  actors?: Actor[];
  clauses: Clause[];
  instances?: Instance[];
}

export type LonLat = [number, number];
export interface MapBody {
  area: [number, number, number, number];
  lines?: { name: string; coarse?: boolean; note?: string; points: LonLat[] }[];
  zones?: {
    name: string;
    coarse?: boolean;
    note?: string;
    kind: string;
    within_m?: number;
    rings?: LonLat[][];
  }[];
}

export type Place =
  | { kind: 'point'; lon: number; lat: number; r90_m?: number; r50_m?: number }
  | {
      kind: 'sector';
      lon: number;
      lat: number;
      r_min_m: number;
      r_max_m: number;
      az_begin_cdeg: number;
      az_end_cdeg: number;
    }
  | { kind: 'none' }
  | { kind: 'zone'; zone: string };

export interface Finding {
  id: string;
  clause?: string;
  findings?: string[];
  incident?: string;
  kind: string;
  label: string;
  begin: string;
  end?: string;
  best?: string;
  place?: Place;
  in?: 'certain' | 'best' | 'possible';
  why?: string;
  side?: string;
  rung?: number;
  n?: Count;
  deaths?: Count;
  exercise?: boolean;
  contested?: boolean;
  text?: string;
  entry?: number;
  row?: number;
  source?: string;
}
export interface FindingsBody {
  head?: Head;
  total: number;
  /** Why an audience receives no row, in words of the server. */
  why?: string;
  next?: string;
  findings?: Finding[];
  incidents?: Finding[];
}

export interface Timeline {
  step: 'day' | 'week';
  zone: string;
  buckets: { t: string; count: Count; deaths?: Count }[];
  spans?: { instance: string; clause: string; begin: string; end?: string }[];
  exposure?: { begin: string; end: string }[];
}

export interface FindingBody {
  finding: Finding;
  clause?: Clause;
  head: Head;
  chain?: { stage: string; words: string; at?: string }[];
  observations?: {
    source: string;
    src_id?: string;
    entry: number;
    row?: number;
    status?: string;
    happened?: string;
    known_at?: string;
    bytes: string;
  }[];
  counts_in?: { clause: string; in: string; why: string; windows?: { enters?: string; leaves?: string } }[];
  excluded?: { clause: string; why: string }[];
  flip?: string;
  statements?: { by: string; stance: string; text: string; entry?: number }[];
  proof?: { entry: number; row?: number; size: number };
}

export interface Tally {
  rule: string;
  version?: number;
  from: string;
  to: string;
  zone?: string;
  count?: Count;
  deaths?: Count;
  parts?: Record<string, unknown>;
  exercise?: Count;
  contested?: Count;
  exposure_hours?: number;
  span_hours?: number;
  not_observed?: boolean;
  head?: Head;
  words?: string;
}
