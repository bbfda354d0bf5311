/** Tabs of the views that apply, and the button that plays the sweeps. */
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { PlayerContext, SessionContext } from '../state/context';
import type { Open } from '../state/session';
import { wholeTrace } from '../state/wholeTrace';
import type { ViewSpec } from '../views/index';
import { Find } from './Find';
import { Icon } from './Icon';
import { MenuButton, type MenuItem } from './Menu';

interface Props {
  readonly views: readonly ViewSpec[];
  readonly current: string;
  readonly open: Open;
  readonly onChoose: (id: string) => void;
}

export function Tabs({ views, current, open, onChoose }: Props) {
  const session = useContext(SessionContext);
  const player = useContext(PlayerContext);
  const list = useRef<HTMLDivElement>(null);
  const fitting = useFitting(list, views, current);
  const shown = views.filter((view) => fitting.has(view.id));
  const others = views.filter((view) => !fitting.has(view.id));
  const move = (event: KeyboardEvent) => {
    const at = shown.findIndex((view) => view.id === current);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[event.key];
    const next = to === undefined ? undefined : shown[(to + shown.length) % shown.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  };
  const stepping = player.at.value !== undefined;
  return (
    <div class="tab-bar">
      <div class="tabs" ref={list}>
        <div class="tab-list" role="tablist" aria-label="Views" onKeyDown={move}>
          {shown.map((view) => (
            <button
              key={view.id}
              type="button"
              role="tab"
              id={`tab-${view.id}`}
              aria-selected={view.id === current}
              aria-controls="view"
              tabIndex={view.id === current ? 0 : -1}
              onClick={() => onChoose(view.id)}
            >
              {view.title}
              {view.fails?.(session) && (
                <span class="fail" title="Something here fails">
                  {' '}
                  ✕
                </span>
              )}
            </button>
          ))}
        </div>
        {others.length > 0 && (
          <MenuButton
            label="More views"
            items={() => others.map((view) => ({ label: view.title, run: () => onChoose(view.id) }))}
          >
            <Icon name="more" />
          </MenuButton>
        )}
      </div>
      {current === 'trace' && <Find open={open} />}
      {player.possible.value && (
        <button
          type="button"
          class="play"
          aria-pressed={stepping}
          title={stepping ? 'End stepping (Escape)' : 'Play both sweeps step by step ( , and . step)'}
          onClick={() => (stepping ? player.stop() : player.play())}
        >
          <Icon name={stepping ? 'close' : 'play'} />
          <span>{stepping ? 'End' : 'Play'}</span>
        </button>
      )}
      <CopyMenu view={views.find((view) => view.id === current)} open={open} />
    </div>
  );
}

/** “Copy as”: the view as it is now, in every format that it has. */
function CopyMenu({ view, open }: { view: ViewSpec | undefined; open: Open }) {
  const session = useContext(SessionContext);
  const items = (): MenuItem[] => {
    const steps = wholeTrace(open);
    const copies = (steps && view?.copies?.(session, open, steps)) || {};
    const formats = Object.keys(copies) as (keyof typeof copies)[];
    const title = view?.title ?? '';
    const textOf = (format: keyof typeof copies) => (copies[format] as () => string | Promise<string>)();
    const what = (format: string) => `${title.toLowerCase()} as ${format}`;
    return [
      ...(steps ? [] : [{ heading: 'Too long to be copied, or still on its way' }]),
      ...(formats.length > 0 ? [{ heading: `Copy the ${title.toLowerCase()} as` }] : []),
      ...formats.map((format) => ({
        label: format,
        run: () => session.copy(textOf(format), what(format)),
      })),
      ...(session.alone
        ? []
        : ([
            'line',
            ...(formats.length > 0
              ? [
                  {
                    label: `Save the ${title.toLowerCase()} to a file…`,
                    run: () => {
                      session.menu.value = {
                        x: window.innerWidth - 16,
                        y: 80,
                        edge: 'right',
                        from: undefined,
                        items: formats.map((format) => ({
                          label: format,
                          run: () => session.save(textOf(format), format),
                        })),
                      };
                    },
                  },
                ]
              : []),
            { label: 'Save as an interactive page…', hint: 'HTML', run: () => session.send({ type: 'savePage' }) },
          ] as MenuItem[])),
    ];
  };
  return (
    <MenuButton label="Copy or save this view" class="icon-button copy-menu" items={items}>
      <Icon name="copy" />
    </MenuButton>
  );
}

const GAP = 20;
const MORE = 32;

/** The views whose tabs there is room for; the current one always is. */
function useFitting(
  list: { readonly current: HTMLElement | null },
  views: readonly ViewSpec[],
  current: string,
): ReadonlySet<string> {
  const widths = useRef(new Map<string, number>());
  const [room, setRoom] = useState(Infinity);
  const names = views.map((view) => view.id).join(' ');
  const [, setMeasured] = useState(0);
  // A tab is measured when it is first drawn; what was not known then may not have room after all.
  useLayoutEffect(() => {
    let changed = false;
    for (const tab of list.current?.querySelectorAll<HTMLElement>('[role=tab]') ?? []) {
      const id = tab.id.slice('tab-'.length);
      const width = tab.getBoundingClientRect().width;
      if (Math.abs((widths.current.get(id) ?? 0) - width) < 1) continue;
      widths.current.set(id, width);
      changed = true;
    }
    if (changed) setMeasured((n) => n + 1);
  });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => setRoom(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [names]);
  const widthOf = (id: string) => (widths.current.get(id) ?? 0) + GAP;
  const total = views.reduce((sum, view) => sum + widthOf(view.id), 0) - GAP;
  if (total <= room) return new Set(views.map((view) => view.id));
  const fitting = new Set([current]);
  let left = room - MORE - widthOf(current);
  for (const view of views) {
    if (view.id === current) continue;
    left -= widthOf(view.id);
    if (left < -GAP) break;
    fitting.add(view.id);
  }
  return fitting;
}
