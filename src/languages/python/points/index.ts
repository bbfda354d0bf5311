/**
 * Points for whatever a document defines: what it calls its functions with, and what is chosen where it does not.
 *
 * ```ts
 * const watch = new CallCapture();                                  // optional: the calls that the document makes itself
 * const session = openSession(analysis, budget, workspace, { watch }); // record/session
 * const plans = planCall(session, { kind: 'method', cls, name: 'forward' }, { plans: 3 });
 * if (isUnknown(plans)) return plans;
 * for (const draw of plans[0].draws(5, seed)) {                      // five different points
 *   const [self, ...args] = plans[0].values(session, draw);          // fresh each time; may raise as constructors do
 *   const out = callMethod(session.rt, self, 'forward', args, undefined, -1);
 *   const dout = redraw(out, draw.domain, generator(draw.seed));     // what flows into the backward pass
 * }
 * redraw(watch.of(node)[0].values[0], 'mixed', generator(7));        // further points like one of the document's own
 * ```
 */
export { CallCapture, type CapturedCall } from './capture';
export { boundFrame, withNode } from './frames';
export { type Draw, Plan, planCall, type PlanOptions, type Session, type Target } from './plan';
export { type Domain, DOMAINS, generator, isFiniteValue, redraw, snapshot } from './values';
