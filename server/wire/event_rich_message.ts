import Type from 'typebox';

export const richMessageTemplates = ['cards', 'sticker', 'quick_replies', 'ecommerce'] as const;

const image = Type.Object({
  url: Type.String({ minLength: 1 }),
  name: Type.Optional(Type.String()),
  content_type: Type.Optional(Type.String()),
  size: Type.Optional(Type.Number()),
  width: Type.Optional(Type.Number()),
  height: Type.Optional(Type.Number()),
  alternative_text: Type.Optional(Type.String()),
});

const button = Type.Object({
  text: Type.String({ minLength: 1 }),
  type: Type.Optional(Type.Enum(['webview', 'message', 'url', 'phone'])),
  value: Type.Optional(Type.String()),
  webview_height: Type.Optional(Type.Enum(['compact', 'full', 'tall'])),
  postback_id: Type.String(),
  user_ids: Type.Optional(Type.Array(Type.String())),
  target: Type.Optional(Type.Enum(['new', 'current'])),
});

const ecommerceOption = Type.Object({
  option_id: Type.String(),
  label: Type.String(),
  price: Type.Optional(Type.String()),
  regular_price: Type.Optional(Type.String()),
  currency: Type.Optional(Type.String()),
  color: Type.Optional(Type.String()),
  image_url: Type.Optional(Type.String()),
  image_thumbnail_url: Type.Optional(Type.String()),
  available: Type.Optional(Type.Boolean()),
  selected: Type.Optional(Type.Boolean()),
});

const ecommerceAddon = Type.Object({
  addon_type: Type.String(),
  range_from: Type.Optional(Type.String()),
  range_to: Type.Optional(Type.String()),
  currency: Type.Optional(Type.String()),
});

/** One card, sticker, set of quick replies or product of a rich message. */
export const richMessageElement = Type.Object({
  title: Type.Optional(Type.String()),
  subtitle: Type.Optional(Type.String()),
  image: Type.Optional(image),
  buttons: Type.Optional(Type.Array(button, { maxItems: 13 })),
  ecommerce: Type.Optional(
    Type.Object({
      view_type: Type.Enum(['tags', 'swatch', 'images', 'select']),
      product_id: Type.String(),
      label: Type.Optional(Type.String()),
      options: Type.Optional(Type.Array(ecommerceOption, { maxItems: 100 })),
      addons: Type.Optional(Type.Array(ecommerceAddon, { maxItems: 100 })),
    }),
  ),
});
