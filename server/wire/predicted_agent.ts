import Type from 'typebox';

/** The agent a customer will write with, as the customer sees them. */
export const predictedAgent = Type.Object({
  id: Type.String(),
  name: Type.String(),
  avatar: Type.Optional(Type.String()),
  is_bot: Type.Boolean(),
  bot_type: Type.Optional(Type.String({ description: 'Of bots alone.' })),
  job_title: Type.Optional(Type.String()),
  type: Type.Enum(['agent']),
});

export const queued = Type.Boolean({ description: '`true`: the chat would wait in the queue.' });
