import { Button, type ButtonProps, NavLink, type NavLinkProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentPropsWithRef } from 'react';

type AnchorProps = Omit<ComponentPropsWithRef<'a'>, keyof ButtonProps>;
type NavigationAnchorProps = Omit<ComponentPropsWithRef<'a'>, keyof NavLinkProps>;

/** A button that is a link to a page of the Console. */
export const LinkButton = createLink((props: ButtonProps & AnchorProps) => (
  <Button component="a" {...props} />
));

/** An entry of a side navigation. */
export const NavigationLink = createLink((props: NavLinkProps & NavigationAnchorProps) => (
  <NavLink component="a" {...props} />
));
