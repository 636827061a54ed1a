// Stands before worker.js and micro.js: a worker's link with its page, the files that it is given and what it says.
const slots = new Map();
const slot = (name) => slots.get(name) ?? slots.set(name, Promise.withResolvers()).get(name);
const file = (name) => slot(name).promise;

const script = async (bytes) => {
  try {
    return await import(URL.createObjectURL(new Blob([bytes], { type: "text/javascript" })));
  } catch { // WebKit refuses blob: modules in an opaque origin, and takes data: ones
    let binary = "";
    for (let i = 0; i < bytes.byteLength; i += 32768) binary += String.fromCharCode.apply(null, new Uint8Array(bytes).subarray(i, i + 32768));
    return import("data:text/javascript;base64," + btoa(binary));
  }
};

// Says things to the page, each with its number. After a click Chromium has what comes by a port wait until the page has been
// painted, but not what its frame says: the first FEW after each word of the page, unless they are long, go both ways.
const FEW = 3, SHORT = 10_000;
const speaker = (port) => {
  let number = 0, few = 0;
  return {
    say(kind, text, line) {
      const said = { kind, text, line, number: number++ };
      port.postMessage(said);
      if (few > 0 && !(text?.length > SHORT)) postMessage(said);
      else few = 0; // what comes after one that has one way only would come before it
      few--;
    },
    hear(heard) {
      port.onmessage = (event) => {
        few = FEW;
        heard(event.data);
      };
    },
  };
};
