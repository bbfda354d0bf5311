/** The views, in the order of their tabs, and when each applies. */
import type { ComponentType } from 'preact';
import type { StepView } from '../../src/protocol';
import { type Copies, graphCopies, traceCopies } from '../state/copies';
import type { Open, Session } from '../state/session';
import { WHOLE_LIMIT } from '../state/wholeTrace';
import { checkCopies } from './check/copies';
import { CheckView } from './check/CheckView';
import { costCopies, CostView } from './cost/CostView';
import { derivativesCopies } from './derivatives/copies';
import { DerivativesView } from './derivatives/DerivativesView';
import { GraphView } from './graph/GraphView';
import { NetworkTab, networkCopies } from './network/NetworkTab';
import { pathsCopies } from './paths/copies';
import { PathsView } from './paths/PathsView';
import { TrainingTab, trainingCopies } from './training/TrainingTab';
import { TraceView } from './trace/TraceView';

export interface ViewSpec {
  readonly id: string;
  readonly title: string;
  readonly component: ComponentType<{ open: Open }>;
  readonly applies: (session: Session, open: Open) => boolean;
  /** What the view can be copied as, from the values that are on the screen. */
  readonly copies?: (session: Session, open: Open, steps: readonly StepView[]) => Copies;
  /** A mark on the tab: something there fails. */
  readonly fails?: (session: Session) => boolean;
}

export const VIEWS: readonly ViewSpec[] = [
  { id: 'trace', title: 'Trace', component: TraceView, applies: () => true, copies: traceCopies },
  { id: 'graph', title: 'Graph', component: GraphView, applies: () => true, copies: graphCopies },
  // Of arrays there is no list of paths: a path goes through elements.
  {
    id: 'paths',
    title: 'Paths',
    component: PathsView,
    copies: pathsCopies,
    applies: (_, open) => open.replay !== undefined && open.trace.steps <= WHOLE_LIMIT,
  },
  {
    id: 'derivatives',
    title: 'Derivatives',
    component: DerivativesView,
    copies: derivativesCopies,
    applies: (_, open) => open.trace.inputs.length > 0,
  },
  {
    id: 'check',
    title: 'Check',
    component: CheckView,
    copies: checkCopies,
    applies: (session, open) =>
      session.checks.value.length > 0 || (open.replay?.immediate === true && open.replay.inputs.length > 0),
    fails: (session) => session.failing.value.length > 0,
  },
  {
    id: 'network',
    title: 'Network',
    component: NetworkTab,
    applies: (_, open) => open.trace.network === true,
    copies: networkCopies,
  },
  {
    id: 'training',
    title: 'Training',
    component: TrainingTab,
    applies: (_, open) => open.trace.training === true,
    copies: trainingCopies,
  },
  {
    id: 'cost',
    title: 'Cost',
    component: CostView,
    copies: costCopies,
    applies: (_, open) => open.trace.steps <= WHOLE_LIMIT,
  },
];

export function applicableViews(session: Session, open: Open): readonly ViewSpec[] {
  return VIEWS.filter((view) => view.applies(session, open));
}
