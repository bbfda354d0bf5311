/** How evaluation leaves the straight path. Only {@link PyRaise} is visible to the evaluated code. */
import type { Budget } from '../frontEnd';
import type { PyInstance, PyUnknown } from './values/object';

/** A Python exception on its way. */
export class PyRaise {
  constructor(readonly exception: PyInstance) {}
}

/** A budget is used up: the whole run ends here. */
export class BudgetStop {
  constructor(readonly budget: keyof Budget) {}
}

/** Whether the rest of a function runs depends on something unknown: its result is unknown. */
export class UnknownStop {
  constructor(readonly value: PyUnknown) {}
}

/** The text of modules is wanted before the run can go on. */
export class NeedsStop {
  constructor(readonly uris: readonly string[]) {}
}

/** What a run was for has happened: it ends here, and nothing went wrong. */
export class Enough {}
