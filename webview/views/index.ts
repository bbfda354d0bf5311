/** The views, in the order of their tabs, and when each applies. */
import type { ComponentType } from 'preact';
import type { Open, Session } from '../state/session';
import { TraceView } from './trace/TraceView';

export interface ViewSpec {
  readonly id: string;
  readonly title: string;
  readonly component: ComponentType<{ open: Open }>;
  readonly applies: (session: Session, open: Open) => boolean;
  /** A mark on the tab: something there fails. */
  readonly fails?: (session: Session) => boolean;
}

export const VIEWS: readonly ViewSpec[] = [{ id: 'trace', title: 'Trace', component: TraceView, applies: () => true }];

export function applicableViews(session: Session, open: Open): readonly ViewSpec[] {
  return VIEWS.filter((view) => view.applies(session, open));
}
