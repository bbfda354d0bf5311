/** A message about what is missing, with a button that helps. */
import { commands, window } from 'vscode';

/** Not to be waited for: the reader may never answer. */
export async function offer(message: string, action: string, command: string): Promise<void> {
  if ((await window.showInformationMessage(`Wengert: ${message}`, action)) === action)
    await commands.executeCommand(command);
}
