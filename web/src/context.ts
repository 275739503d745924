// What every part of the page may need: the board, the choices of the reader, the state of proofs.
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Actor, Board } from './types';
import type { Prefs } from './prefs';

export type ProofState = 'unchecked' | 'verified' | 'failed';

export interface App {
  board: Board;
  /** Milliseconds (of this machine) when the board came. */
  received: number;
  rev: number;
  prefs: Prefs;
  setPref: (k: keyof Prefs, v: string) => void;
  proof: ProofState;
  setProof: (s: ProofState) => void;
}
export const AppContext = createContext<App | null>(null);
export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('outside the frame');
  return app;
}

/** The record's now, for display: the last tick, carried on by the machine's clock unless replayed. */
export function useNow(): number {
  const { board, received } = useApp();
  const moving = board.mission.mode !== 'replay' && board.now !== undefined;
  const [, tick] = useState(0);
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, [moving]);
  const base = board.now ? Date.parse(board.now) : 0;
  return moving ? base + Math.max(0, Date.now() - received) : base;
}

/** The sides in the order of this day: it alternates, so that none always stands first. */
export function sidesOf(board: Board): Actor[] {
  const sides = (board.actors ?? []).filter((a) => a.kind === 'party');
  const days = Math.floor((board.now ? Date.parse(board.now) : 0) / 864e5);
  return days % 2 ? [...sides].reverse() : sides;
}
