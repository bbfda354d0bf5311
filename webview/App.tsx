/** The page: the answer above, one view below. */
import { useContext, useEffect, useMemo } from 'preact/hooks';
import { Header } from './parts/Header';
import { MenuLayer } from './parts/Menu';
import { StepperBar } from './parts/StepperBar';
import { Tabs } from './parts/Tabs';
import { PlayerContext, SessionContext } from './state/context';
import { Player } from './state/player';
import type { Open, Session } from './state/session';
import { applicableViews, type ViewSpec } from './views/index';
import { NoTrace } from './views/NoTrace';

export function App({ session }: { session: Session }) {
  const player = useMemo(() => new Player(session), [session]);
  return (
    <SessionContext.Provider value={session}>
      <PlayerContext.Provider value={player}>
        <Page />
      </PlayerContext.Provider>
    </SessionContext.Provider>
  );
}

function Page() {
  const session = useContext(SessionContext);
  const player = useContext(PlayerContext);
  const open = session.open.value;
  const loading = session.loading.value;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight') && !session.alone) {
        const by = event.key === 'ArrowLeft' ? -1 : 1;
        const { back, forward } = session.history.peek();
        if (by < 0 ? back : forward) session.send({ type: 'history', by });
        return;
      }
      // In a field they are what is typed.
      if (event.target instanceof Element && event.target.closest('input, select')) return;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === ',') player.step(-1);
      else if (event.key === '.') player.step(1);
      else if (event.key === 'Escape') player.stop();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [player]);
  const views = open ? applicableViews(session, open) : [];
  const view = views.find((v) => v.id === session.tab.value) ?? views[0];
  return (
    <div class={`panel ${loading === undefined ? '' : 'loading'}`} aria-busy={loading !== undefined}>
      {loading !== undefined && <div class="progress" role="progressbar" aria-label="Evaluating" />}
      <Header />
      {open && view ? <Views open={open} views={views} view={view} session={session} /> : <NoTrace />}
      <MenuLayer />
      <p class="said" role="status">
        {session.said.value}
      </p>
    </div>
  );
}

function Views({
  open,
  views,
  view,
  session,
}: {
  open: Open;
  views: readonly ViewSpec[];
  view: ViewSpec;
  session: Session;
}) {
  const player = useContext(PlayerContext);
  const View = view.component;
  return (
    <>
      <Tabs views={views} current={view.id} open={open} onChoose={(id) => (session.tab.value = id)} />
      {player.at.value !== undefined && <StepperBar open={open} />}
      <main class="view">
        <section class={`view-${view.id}`} id="view" role="tabpanel" aria-labelledby={`tab-${view.id}`}>
          <View open={open} />
        </section>
      </main>
    </>
  );
}
