import { type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react';
import './dropdown.css';

interface DropdownProps {
  /** The button's content. */
  label: ReactNode;
  /** The button's name, when the content alone does not say it. */
  name?: string;
  align: 'start' | 'end';
  width?: number;
  /** Shown when opened; `close` shuts it again. */
  children: (close: () => void) => ReactNode;
}

const EDGE = 8;

/**
 * A button that opens a small panel of links and buttons, on the browser's own popover: it closes by Escape
 * or a click elsewhere, gives the focus back, and lies above everything else.
 */
export function Dropdown({ label, name, align, width = 240, children }: DropdownProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);

  const place = (event: ToggleEvent<HTMLDivElement>) => {
    const opening = event.newState === 'open';
    setOpened(opening);
    if (!opening || !button.current || !panel.current) return;
    const at = button.current.getBoundingClientRect();
    const wanted = align === 'start' ? at.left : at.right - width;
    const left = Math.max(EDGE, Math.min(wanted, document.documentElement.clientWidth - width - EDGE));
    panel.current.style.left = `${left}px`;
    panel.current.style.top = `${at.bottom + 4}px`;
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className="dropdown_button"
        popoverTarget={id}
        aria-expanded={opened}
        {...(name ? { 'aria-label': name } : {})}
      >
        {label}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="dropdown_panel"
        style={{ width, maxWidth: `calc(100vw - ${2 * EDGE}px)` }}
        onBeforeToggle={place}
      >
        {opened ? children(() => panel.current?.hidePopover()) : null}
      </div>
    </>
  );
}
