import {
  IconCrown,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconUserEdit,
  IconUserMinus,
} from '@tabler/icons-react';
import { useState } from 'react';
import { removePerson, suspendPerson, unsuspendPerson } from '../../api/people.ts';
import type { AccountsRole, ChatRole, Person } from '../../api/types.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { Dropdown } from '../../design/dropdown.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { clipName, nameInSentence } from '../../design/names.ts';
import { useTexts } from '../../texts/texts.ts';
import { OwnerDialog } from './owner_dialog.tsx';
import { RoleDialog } from './role_dialog.tsx';
import { usePersonChange } from './use_person_change.ts';

const ICON = 16;

interface PersonMenuProps {
  person: Person;
  grantable: readonly AccountsRole[];
  grantableChat: readonly ChatRole[];
}

/** What may be done to a person; each asks first and names the consequence. */
export function usePersonMenu({ person, grantable, grantableChat }: PersonMenuProps) {
  const texts = useTexts();
  const words = texts.people;
  const confirm = useConfirm();
  const [dialog, setDialog] = useState<'roles' | 'owner' | null>(null);
  const shown = clipName(person.name);
  const inSentence = nameInSentence(person.name);
  const suspend = usePersonChange(person, () => suspendPerson(person), words.suspendDialog.done(shown));
  const unsuspend = usePersonChange(person, () => unsuspendPerson(person), words.unsuspended(shown));
  const remove = usePersonChange(person, () => removePerson(person), words.removeDialog.done(shown));
  const may = (action: Person['actions'][number]) => person.actions.includes(action);

  const askSuspend = async () => {
    const { title, text, confirm: yes } = words.suspendDialog;
    if (
      await confirm({ title: title(inSentence), text: text(inSentence, person), confirm: yes, danger: true })
    )
      suspend.mutate(undefined);
  };
  const askRemove = async () => {
    const { title, text, confirm: yes } = words.removeDialog;
    if (
      await confirm({ title: title(inSentence), text: text(inSentence, person), confirm: yes, danger: true })
    )
      remove.mutate(undefined);
  };

  const entries = [
    {
      shown: may('change_role') || may('change_chat_role'),
      label: words.changeRole,
      icon: <IconUserEdit size={ICON} aria-hidden="true" />,
      act: () => setDialog('roles'),
    },
    {
      shown: may('transfer_ownership'),
      label: words.makeOwner,
      icon: <IconCrown size={ICON} aria-hidden="true" />,
      act: () => setDialog('owner'),
    },
    {
      shown: may('suspend'),
      label: words.suspend,
      icon: <IconPlayerPause size={ICON} aria-hidden="true" />,
      act: () => void askSuspend(),
    },
    {
      shown: may('unsuspend'),
      label: words.unsuspend,
      icon: <IconPlayerPlay size={ICON} aria-hidden="true" />,
      act: () => unsuspend.mutate(undefined),
    },
    {
      shown: may('remove'),
      label: words.remove,
      icon: <IconUserMinus size={ICON} aria-hidden="true" />,
      act: () => void askRemove(),
    },
  ].filter((entry) => entry.shown);

  return {
    menu:
      entries.length === 0 ? null : (
        <Dropdown align="end" name={words.menu(shown)} label={<IconDots size={20} aria-hidden="true" />}>
          {(close) =>
            entries.map(({ label, icon, act }) => (
              <button
                key={label}
                type="button"
                className="dropdown_item"
                onClick={() => {
                  close();
                  act();
                }}
              >
                {icon} {label}
              </button>
            ))
          }
        </Dropdown>
      ),
    /** What went wrong, and the dialog that is open. */
    below: (
      <>
        <ErrorAlert error={suspend.error ?? unsuspend.error ?? remove.error} mt="md" />
        {dialog === 'roles' ? (
          <RoleDialog
            person={person}
            onClose={() => setDialog(null)}
            grantable={grantable}
            grantableChat={grantableChat}
          />
        ) : null}
        {dialog === 'owner' ? <OwnerDialog person={person} onClose={() => setDialog(null)} /> : null}
      </>
    ),
  };
}
