/** 議事録（テキスト） */
import { error } from '@sveltejs/kit';
import { makeMinutesFile } from '#formats/minutestext.ts';
import { download } from '$lib/server/download.ts';
import { minutesAt } from '$lib/server/minutes.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) => {
  const { seated, minutes } = minutesAt(event, event.params.id);
  if (!minutes.body) error(404, { message: 'nothing is written yet' });
  return download(makeMinutesFile(minutes), seated.meeting.title, '議事録', 'txt');
};
