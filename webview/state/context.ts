import { createContext } from 'preact';
import type { Player } from './player';
import type { Session } from './session';

/** The session of the page, for every component. */
export const SessionContext = createContext<Session>(undefined as unknown as Session);

export const PlayerContext = createContext<Player>(undefined as unknown as Player);
