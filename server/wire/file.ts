import Type from 'typebox';

/** The part `file` of a multipart/form-data body. What arrives in its place is known to the transport alone. */
export function uploadedFile<Incoming>() {
  return Type.Unsafe<Incoming>({
    description:
      'The one file of the body, with its name. 10 MB unless the server is set otherwise. No programs.',
  });
}

export const uploadDescription =
  'The body is `multipart/form-data` with one part named `file`. The type is read from the first bytes, the ' +
  'name is cleaned, and images get thumbnails. The address dies after 24 hours, unless `send_event` (or ' +
  '`start_chat`, `resume_chat`) names it in an event of the type `file`; then it stays. Programs are refused, ' +
  'and so are images that unpack to more than 50 million pixels.';
