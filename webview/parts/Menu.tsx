/** Menus: one that opens from a button, and one that opens where the reader asks for it. */
import type { ComponentChildren } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { SessionContext } from '../state/context';

export type MenuItem =
  | { readonly label: string; readonly hint?: string; readonly checked?: boolean; readonly run: () => void }
  | { readonly heading: string }
  | 'line';

export interface OpenMenu {
  readonly x: number;
  readonly y: number;
  /** Which edge of the menu stands at `x`. */
  readonly edge: 'left' | 'right';
  readonly items: readonly MenuItem[];
  /** What had the focus, and gets it back. */
  readonly from: HTMLElement | undefined;
}

/** The open menu, above everything. */
export function MenuLayer() {
  const session = useContext(SessionContext);
  const menu = session.menu.value;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (!menu || !element) return;
    const { width, height } = element.getBoundingClientRect();
    const left = menu.edge === 'right' ? menu.x - width : menu.x;
    element.style.left = `${Math.max(4, Math.min(left, window.innerWidth - width - 4))}px`;
    element.style.top = `${Math.max(4, Math.min(menu.y, window.innerHeight - height - 4))}px`;
    element.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
  }, [menu]);
  // Before the next event: a click right after it opened closes it, too.
  useLayoutEffect(() => {
    if (!menu) return;
    const close = (event: Event) => {
      if (!(event.target instanceof Node && list.current?.contains(event.target))) session.menu.value = undefined;
    };
    const gone = () => (session.menu.value = undefined);
    window.addEventListener('pointerdown', close, true);
    window.addEventListener('blur', gone);
    window.addEventListener('resize', gone);
    return () => {
      window.removeEventListener('pointerdown', close, true);
      window.removeEventListener('blur', gone);
      window.removeEventListener('resize', gone);
    };
  }, [menu]);
  if (!menu) return null;
  const done = () => {
    session.menu.value = undefined;
    menu.from?.focus({ preventScroll: true });
  };
  const onKey = (event: KeyboardEvent) => {
    // Those are the editor's.
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    event.stopPropagation();
    if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') done();
    else if (event.key.length === 1 && event.key !== ' ') {
      const wanted = event.key.toLowerCase();
      const next = [...items.slice(at + 1), ...items.slice(0, at + 1)].find((item) =>
        item.textContent?.trim().toLowerCase().startsWith(wanted),
      );
      next?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div class="menu" role="menu" ref={list} onKeyDown={onKey}>
      {menu.items.map((item, i) => {
        if (item === 'line') return <hr key={i} />;
        if ('heading' in item)
          return (
            <p key={i} class="small soft" role="presentation">
              {item.heading}
            </p>
          );
        return (
          <button
            key={i}
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
            {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
            tabIndex={-1}
            onClick={() => {
              done();
              item.run();
            }}
          >
            <span class="mark" aria-hidden="true">
              {item.checked === true ? '✓' : ''}
            </span>
            <span>{item.label}</span>
            {item.hint !== undefined && <span class="small soft">{item.hint}</span>}
          </button>
        );
      })}
    </div>
  );
}

/** A button that opens a menu under it. */
export function MenuButton({
  label,
  items,
  children,
  class: name = 'icon-button',
}: {
  label: string;
  items: () => readonly MenuItem[];
  children: ComponentChildren;
  class?: string;
}) {
  const session = useContext(SessionContext);
  const button = useRef<HTMLButtonElement>(null);
  const open = session.menu.value?.from === button.current && button.current !== null;
  return (
    <button
      ref={button}
      type="button"
      class={name}
      aria-label={label}
      title={label}
      aria-haspopup="menu"
      aria-expanded={open}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        session.menu.value = {
          x: box.right,
          y: box.bottom + 2,
          edge: 'right',
          items: items(),
          from: event.currentTarget,
        };
      }}
    >
      {children}
    </button>
  );
}

/** Opens a menu at the pointer, or under what has the focus where the keyboard asked for it. */
export function menuAt(event: MouseEvent, items: readonly MenuItem[]): OpenMenu {
  event.preventDefault();
  event.stopPropagation();
  const element = event.currentTarget as HTMLElement;
  const byKeyboard = event.clientX === 0 && event.clientY === 0;
  const box = element.getBoundingClientRect();
  return {
    x: byKeyboard ? box.left + 60 : event.clientX,
    y: byKeyboard ? box.bottom : event.clientY,
    edge: 'left',
    items,
    from: (element.closest<HTMLElement>('[tabindex]') ?? element) as HTMLElement,
  };
}
