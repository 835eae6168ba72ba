/** Which group a conversation goes to, where the organization has one of such a name. */
export type SampleTopic = 'general' | 'sales' | 'support';

/** `customer`, `agent`, or `note`: what agents write for each other. */
export type SampleSpeaker = 'customer' | 'agent' | 'note';

export interface SampleScript {
  topic: SampleTopic;
  tags: readonly string[];
  /** `{customer}` and `{agent}` are first names, `{order}` an order number, `{product}` a machine. */
  lines: readonly (readonly [SampleSpeaker, string])[];
  /** Two-letter code; English where absent. */
  language?: string;
  /** Names of people who speak it. */
  names?: readonly string[];
  rating?: { score: 0 | 1; comment?: string };
  /** Answers to tap on, shown after the last line of the agent. */
  quickReplies?: { title: string; options: readonly string[] };
}

export const samplePeople: readonly string[] = [
  'Amelia Hart',
  'Noah Lindqvist',
  'Priya Raman',
  'Lucas Meyer',
  'Sofia Almeida',
  'Ethan Brooks',
  'Aisha Bello',
  'Henry Walsh',
  'Chloe Martin',
  'Diego Fuentes',
  'Hannah Weiss',
  'Omar Haddad',
  'Grace Okafor',
  'Liam O’Connor',
  'Ines Costa',
  'Mateo Rossi',
  'Zoe Papadakis',
  'Arjun Mehta',
  'Freya Nilsen',
  'Jack Turner',
  'Leila Karimi',
  'Tom Fletcher',
  'Nadia Petrova',
  'Samuel Adeyemi',
  'Emma Larsen',
  'Victor Dumont',
  'Ruby Chen',
  'Oscar Svensson',
  'Maya Goldberg',
  'Finn Gallagher',
  'Clara Bianchi',
  'Elias Novak',
  'Ivy Thompson',
  'Rafael Ortega',
  'Jun Park',
  'Beatrice Moore',
  'Anton Keller',
  'Sana Malik',
  'George Ellis',
  'Mina Suzuki',
];

export const sampleProducts: readonly string[] = [
  'Piccolo One',
  'Piccolo Duo',
  'Barista 300',
  'Barista 500 Pro',
];

/** Conversations of a shop for coffee machines. */
export const sampleScripts: readonly SampleScript[] = [
  {
    topic: 'support',
    tags: ['order', 'delivery'],
    lines: [
      [
        'customer',
        'Hi! I ordered a {product} last week and the tracking page has said "label created" for three days 😕',
      ],
      ['customer', 'Order {order}'],
      ['agent', 'Hi {customer}, thanks for the order number. Let me have a look at where it is.'],
      [
        'agent',
        'It left our warehouse yesterday evening. The carrier scanned the whole pallet late, that is why the page looked stuck.',
      ],
      ['customer', 'oh good! so when will it be here?'],
      ['agent', 'Tomorrow between 9 and 13. You get a text message an hour before.'],
      ['customer', 'Perfect, I will be home. Thank you {agent}!'],
      ['agent', 'Enjoy your first cup ☕'],
    ],
    rating: { score: 1, comment: 'Quick and friendly.' },
  },
  {
    topic: 'sales',
    tags: ['advice', 'pre-sale'],
    lines: [
      ['customer', 'Hello, which machine would you take for an office of about 15 people?'],
      ['agent', 'Hello {customer}! Do people drink mostly espresso, or also cappuccino and such?'],
      ['customer', 'half and half I would say. And it must not be loud, it stands next to the meeting room'],
      [
        'agent',
        'Then I would look at the {product}: it has a quiet ceramic grinder and makes two cups at once.',
      ],
      ['customer', 'what does it cost with a service contract?'],
      [
        'agent',
        '1 290 € for the machine, and 24 € a month for the contract with a yearly check and descaling included.',
      ],
      ['customer', 'That fits. Can I get it on an invoice?'],
      [
        'agent',
        'Of course: choose "Invoice, 14 days" at the last step. I can also send you an offer as a PDF.',
      ],
      ['customer', 'An offer would be great, my boss wants to see it first 😄'],
    ],
    quickReplies: {
      title: 'Anything else I can help with?',
      options: ['Send me the offer', 'Compare machines', 'No, thanks'],
    },
  },
  {
    topic: 'support',
    tags: ['refund'],
    lines: [
      ['customer', 'I sent the grinder back two weeks ago and still no refund. This is getting annoying.'],
      ['agent', 'I am sorry about the wait, {customer}. Could you tell me the order number?'],
      ['customer', '{order}'],
      ['note', 'Parcel arrived on the 3rd, the refund was never triggered. Doing it now.'],
      [
        'agent',
        'Found it: the parcel came in, but the refund got stuck on our side. I have just released it.',
      ],
      [
        'agent',
        'You get the full amount back to your card in two to three working days, and a 10 € voucher for the trouble.',
      ],
      ['customer', 'ok. thanks for sorting it out'],
    ],
    rating: { score: 0, comment: 'Solved in the end, but I had to ask twice.' },
  },
  {
    topic: 'general',
    tags: ['opening hours'],
    lines: [
      ['customer', 'Are you open on Saturday?'],
      [
        'agent',
        'Yes, the shop is open from 10 to 16 on Saturdays, and you can taste the new Ethiopian roast.',
      ],
      ['customer', '😍 see you there'],
    ],
    rating: { score: 1 },
  },
  {
    topic: 'support',
    tags: ['repair', 'warranty'],
    lines: [
      ['customer', 'My {product} shows E04 and does not heat up any more'],
      ['agent', 'Hi {customer}! E04 is the temperature sensor. Is the machine younger than two years?'],
      ['customer', 'bought it 14 months ago, order {order}'],
      [
        'agent',
        'Then it is covered by the warranty. Before we collect it: could you unplug it for ten minutes and try once more?',
      ],
      ['customer', 'one moment'],
      ['customer', 'nope, same thing. E04'],
      [
        'agent',
        'Thank you for trying. I have booked a courier for tomorrow, you only need to put the water tank and the drip tray aside.',
      ],
      ['customer', 'Do I get a replacement meanwhile? No coffee for a week is not an option 😅'],
      ['agent', 'Understandable! The courier brings a loan machine along.'],
      ['customer', 'you just saved my week, {agent}'],
    ],
    rating: { score: 1, comment: 'A loan machine! Best support I ever had.' },
  },
  {
    topic: 'sales',
    tags: ['pre-sale', 'stock'],
    lines: [
      ['customer', 'Is the {product} in cream white coming back?'],
      ['agent', 'It is on its way: we expect a delivery in about ten days. Shall I reserve one for you?'],
      ['customer', 'yes please!'],
      ['agent', 'Done. You will get an e-mail with a link that is good for 48 hours.'],
    ],
  },
  {
    topic: 'support',
    tags: ['zamówienie', 'dostawa'],
    language: 'pl',
    names: ['Zuzanna Wójcik', 'Paweł Kowalczyk', 'Łukasz Żak'],
    lines: [
      ['customer', 'Dzień dobry, czy mogę jeszcze zmienić adres dostawy w zamówieniu {order}?'],
      ['agent', 'Dzień dobry! Paczka jeszcze nie wyszła, więc oczywiście. Jaki ma być nowy adres?'],
      ['customer', 'ul. Świdnicka 12/4, Wrocław. Z góry dziękuję 🙏'],
      ['agent', 'Zmienione. Kurier przyjedzie w czwartek.'],
      ['customer', 'Super, dziękuję!'],
    ],
    rating: { score: 1, comment: 'Szybko i miło.' },
  },
  {
    topic: 'sales',
    tags: ['Beratung'],
    language: 'de',
    names: ['Jürgen Größler', 'Anneliese Müller', 'Björn Schäfer'],
    lines: [
      ['customer', 'Guten Tag, passt das Mahlwerk der {product} auch für Filterkaffee?'],
      ['agent', 'Guten Tag! Ja, sie hat zwölf Mahlgrade, die gröbsten drei sind für Filter gedacht.'],
      ['customer', 'Und wie laut ist sie? Unsere Küche ist offen zum Wohnzimmer.'],
      ['agent', 'Beim Mahlen etwa 62 dB, so laut wie ein Gespräch, und das nur für acht Sekunden.'],
      ['customer', 'Klingt gut. Dann bestelle ich heute noch 👍'],
    ],
  },
  {
    topic: 'general',
    tags: ['feedback'],
    lines: [
      ['customer', 'Just wanted to say: the handwritten card in the parcel made my day ❤️'],
      ['agent', 'That is so kind of you, {customer}! I will show it to the packing team.'],
      ['customer', 'please do!'],
    ],
    rating: { score: 1, comment: '❤️' },
  },
  {
    topic: 'support',
    tags: ['invoice'],
    lines: [
      ['customer', 'Can you send me the invoice for {order} once more? It needs our VAT number on it.'],
      ['agent', 'Sure. What is the VAT number?'],
      ['customer', 'DE 123456789'],
      ['agent', 'The corrected invoice is in your inbox, and the number is saved for the next orders.'],
      ['customer', 'got it, thanks a lot'],
    ],
    rating: { score: 1 },
  },
  {
    topic: 'support',
    tags: ['how-to', 'descaling'],
    lines: [
      [
        'customer',
        'How often do I have to descale the {product}? The light came on after only two months 🤔',
      ],
      [
        'agent',
        'That depends on how hard your water is. Do you know it by chance? Your water works tell it on their page.',
      ],
      ['customer', '21 °dH it says'],
      [
        'agent',
        'That is very hard: then every two months is right. With a filter cartridge in the tank it is twice a year.',
      ],
      ['customer', 'ah ok, which cartridge fits?'],
      ['agent', 'The "AquaSoft M", 3 pieces for 29 €. It just clicks into the tank.'],
      ['customer', 'ordered ✅'],
    ],
    rating: { score: 1, comment: 'Learned something about my water.' },
  },
  {
    topic: 'sales',
    tags: ['discount'],
    lines: [
      ['customer', 'The code SPRING15 does not work in the checkout'],
      ['agent', 'Hi {customer}! The code ended on Sunday, sorry. Which machine did you have in mind?'],
      ['customer', 'the {product}'],
      ['note', 'Nice basket (machine + 4 kg beans). I can go to 10 %.'],
      [
        'agent',
        'Since you asked so nicely: BEANS10 gives you 10 % on everything in your basket until tonight.',
      ],
      ['customer', 'You are the best!! 🎉'],
    ],
    rating: { score: 1 },
  },
  {
    topic: 'general',
    tags: ['horario'],
    language: 'es',
    names: ['María José Núñez', 'Íñigo Echeverría', 'Begoña Peña'],
    lines: [
      ['customer', '¡Hola! ¿Hacéis envíos a Canarias?'],
      ['agent', '¡Hola! Sí, tardan de cinco a siete días y cuestan 12 €.'],
      ['customer', '¿Y el IGIC se paga aparte?'],
      ['agent', 'Sí, lo cobra el transportista al entregar el paquete.'],
      ['customer', 'Muy bien, muchas gracias 😊'],
    ],
  },
  {
    topic: 'support',
    tags: ['damaged'],
    lines: [
      ['customer', 'The box looked fine but the milk jug inside is broken 😭'],
      [
        'agent',
        'Oh no! I am sorry, {customer}. A new one goes out today, you need not send the broken one back.',
      ],
      ['customer', 'Really? That was easy. Order is {order}, by the way'],
      ['agent', 'Thank you, I have it. It should be there the day after tomorrow.'],
    ],
    rating: { score: 1, comment: 'No questions asked.' },
  },
  {
    topic: 'support',
    tags: ['subscription'],
    lines: [
      ['customer', 'I would like to pause my bean subscription for August, we are on holiday'],
      ['agent', 'Lucky you! I have paused it from 1 to 31 August. The next bag comes on 3 September.'],
      ['customer', 'great. can I switch to decaf after that?'],
      ['agent', 'Yes: under "My subscription" you can choose the beans until two days before each delivery.'],
      ['customer', 'thx'],
    ],
  },
  {
    topic: 'sales',
    tags: ['wholesale'],
    lines: [
      ['customer', 'We run a café with two locations. Do you have prices for 20 kg a month?'],
      [
        'agent',
        'Hello {customer}, we do. From 15 kg it is 16.90 € a kilo for the house blend, freshly roasted each Tuesday.',
      ],
      ['customer', 'can we taste before we decide'],
      ['agent', 'Sure, I will send a box with four roasts. To which address?'],
      ['customer', 'Harbour Street 8, ask for {customer} :)'],
      ['note', 'Promising: two cafés, now with a competitor. Call next week.'],
      ['agent', 'It leaves tomorrow. May I call you next Wednesday to hear what you think?'],
      ['customer', 'Wednesday after 15:00 works'],
    ],
  },
  {
    topic: 'support',
    tags: ['配送'],
    language: 'ja',
    names: ['佐藤 美咲', '鈴木 大輔', '高橋 さくら'],
    lines: [
      ['customer', 'こんにちは。注文 {order} はいつ届きますか?'],
      ['agent', 'こんにちは!明日の午前中にお届けの予定です。'],
      ['customer', 'ありがとうございます。楽しみにしています☕'],
    ],
    rating: { score: 1, comment: '丁寧な対応でした。' },
  },
  {
    topic: 'support',
    tags: ['account'],
    lines: [
      ['customer', 'I can not log in to my account, it says my e-mail does not exist??'],
      ['agent', 'Let me check. Could it be that you ordered with another address?'],
      ['customer', 'hmm maybe my work one'],
      ['customer', 'yes!! it was the work one. sorry for bothering you 🙈'],
      ['agent', 'No bother at all, it happens to all of us.'],
    ],
    rating: { score: 1 },
  },
  {
    topic: 'general',
    tags: ['événement'],
    language: 'fr',
    names: ['Élodie Lefèvre', 'François Garçon', 'Noémie Bœuf'],
    lines: [
      ['customer', 'Bonjour, est-ce qu’il reste des places pour l’atelier « latte art » de samedi ?'],
      ['agent', 'Bonjour ! Il en reste deux. Je vous en réserve une ?'],
      ['customer', 'Les deux, s’il vous plaît, je viens avec ma sœur 😊'],
      ['agent', 'C’est noté, à samedi !'],
    ],
    rating: { score: 1 },
  },
  {
    topic: 'support',
    tags: ['cancel', 'order'],
    lines: [
      ['customer', 'please cancel {order}, I clicked twice'],
      [
        'agent',
        'Hi {customer}, I see the same order twice within a minute. I have cancelled the second one.',
      ],
      ['customer', 'and the money?'],
      ['agent', 'It was only reserved, not charged: your bank releases it within a day or two.'],
      ['customer', 'ok, fine'],
    ],
    rating: { score: 1 },
  },
  {
    topic: 'sales',
    tags: ['gift'],
    lines: [
      ['customer', 'I need a gift for a coffee nerd who has everything. Budget 80 €'],
      ['agent', 'I love such questions 😄 Does the nerd weigh the beans?'],
      ['customer', 'to the tenth of a gram'],
      ['agent', 'Then: the tasting set "Six Countries" with a refractometer spoon, 74 € in a wooden box.'],
      ['customer', 'that is ridiculous. I take it'],
      ['agent', 'Shall we add a card?'],
      ['customer', 'Yes: "You can stop searching now. Love, {customer}"'],
    ],
    quickReplies: { title: 'When should it arrive?', options: ['As soon as possible', 'On a date I choose'] },
    rating: { score: 1, comment: 'Funny and helpful.' },
  },
  {
    topic: 'support',
    tags: ['leak', 'repair'],
    lines: [
      ['customer', 'water everywhere under the {product} 😱 what do I do'],
      ['agent', 'First pull the plug, {customer}. Is the drip tray pushed in all the way?'],
      ['customer', 'ehm'],
      ['customer', 'no. no it was not'],
      ['agent', 'Then I think you have just repaired it yourself 👏'],
      ['customer', 'I will never speak of this again'],
    ],
    rating: { score: 1, comment: 'We never talked about the drip tray.' },
  },
  {
    topic: 'support',
    tags: ['reembolso'],
    language: 'pt',
    names: ['João Gonçalves', 'Conceição Araújo'],
    lines: [
      ['customer', 'Boa tarde, quero devolver a {product}, ainda está na caixa. Pedido {order}.'],
      ['agent', 'Boa tarde! Sem problema, envio agora a etiqueta de devolução por e-mail.'],
      ['customer', 'Em quantos dias recebo o dinheiro?'],
      ['agent', 'Até cinco dias úteis depois de a caixa chegar.'],
      ['customer', 'Obrigado!'],
    ],
  },
  {
    topic: 'general',
    tags: ['jobs'],
    lines: [
      ['customer', 'hey, are you hiring baristas for the summer?'],
      [
        'agent',
        'Hey {customer}! We are: two people for June to September. Send a few lines to jobs@example.com.',
      ],
      ['customer', 'will do, thank you!'],
      ['agent', 'Good luck 🍀'],
    ],
  },
  {
    topic: 'support',
    tags: ['delivery', 'complaint'],
    lines: [
      ['customer', 'Third time the courier "could not find" my door. There is ONE door.'],
      ['agent', 'I understand that you are angry, {customer}. I am calling the depot right now.'],
      ['note', 'Depot says: driver is new. They promise a delivery today before 18:00.'],
      [
        'agent',
        'They bring it today before 18:00, another driver. I keep an eye on it and write to you when it is on the van.',
      ],
      ['customer', 'we will see'],
      ['agent', 'It is on the van: stop 14, so around 16:30.'],
      ['customer', 'it is here. thank you for staying on it'],
    ],
    rating: { score: 0, comment: 'Agent great, courier terrible.' },
  },
  {
    topic: 'general',
    tags: ['استفسار'],
    language: 'ar',
    names: ['ليلى حداد', 'يوسف منصور'],
    lines: [
      ['customer', 'مرحبا، هل لديكم قهوة بالهيل؟'],
      ['agent', 'أهلاً! نعم، عبوة ٢٥٠ غراماً مطحونة مع الهيل متوفرة الآن.'],
      ['customer', 'ممتاز، شكراً لكم 🌹'],
    ],
    rating: { score: 1 },
  },
];
