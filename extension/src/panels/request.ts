import type * as vscode from 'vscode';
import type { ExplainServer, PartialListener, ProgressListener } from '../client';
import type { PanelView } from '../protocol';
import type { Question } from './question';

/** Asks the server a panel's question. `width` is the figure's, CSS pixels. */
export function request(
  server: ExplainServer,
  question: Question,
  width: number | undefined,
  token: vscode.CancellationToken,
  report: ProgressListener,
  partial: PartialListener,
): Promise<PanelView> {
  const textDocument = { uri: question.uri };
  const { method, target, space, background, options, other, otherMethod, view, feature, edits, row = 0 } = question;
  const common = { textDocument, method, target, space, background, options, width, view };
  switch (question.kind) {
    case 'row':
      return server.request('explain/row', { ...common, row, edits }, token, report);
    case 'global':
      return server.request('explain/global', { ...common, feature }, token, report, partial);
    case 'image':
      return server.request(
        'explain/image',
        { textDocument, method, target, other, otherMethod, space, options },
        token,
        report,
        partial,
      );
    case 'sheet':
      return server.request('explain/images', { uris: question.uris ?? [], method }, token, report, partial);
    case 'model':
      return server.request('explain/modelSummary', { textDocument }, token, report);
  }
}
