const KEY = 'crowfoot.singleKeys';

/** Whether shortcuts of a single letter or sign are on: the person's choice, kept in this browser. */
class SingleKeys {
  isOn = $state(read());

  set(isOn: boolean): void {
    this.isOn = isOn;
    try {
      localStorage.setItem(KEY, isOn ? 'on' : 'off');
    } catch {
      // Without storage the choice holds until the page goes.
    }
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

export const singleKeys = new SingleKeys();
