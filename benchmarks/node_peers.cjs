// The like document made by programs of Node.js.
// Usage: node node_peers.cjs NAME FOLDER COUNT -- prints the seconds that COUNT documents took.
"use strict";
const fs = require("fs");
const path = require("path");

const [name, folder, count] = process.argv.slice(2);
const contexts = fs.readFileSync(path.join(folder, "contexts.jsonl"), "utf8").split("\n");
const texts = JSON.parse(fs.readFileSync(path.join(folder, "texts.json"), "utf8"));

const makers = {
  docxtemplater: () => {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    const template = fs.readFileSync(path.join(folder, "docxtemplater.docx"));
    return async (data) => {
      const word = new Docxtemplater(new PizZip(template), { paragraphLoop: true });
      word.render(data);
      return word.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  "docx (npm)": () => {
    const docx = require("docx");
    const cell = (text) => new docx.TableCell({ children: [new docx.Paragraph(String(text))] });
    const row = (cells) => new docx.TableRow({ children: cells.map(cell) });
    return (data) => {
      const children = [new docx.Paragraph({ text: `${data.org}2022年工作总结`, heading: docx.HeadingLevel.TITLE })];
      for (const section of data.sections) {
        children.push(new docx.Paragraph({ text: section.title, heading: docx.HeadingLevel.HEADING_1 }));
        for (const child of section.children) {
          const said = child.figures.map((one) => texts.sentence.join(`${one}人次`)).join("");
          children.push(new docx.Paragraph(`${child.title}。${said}${texts.filler}`));
        }
      }
      const rows = data.rows.map((one) => row([one.name, "人次", one.value, "100", "无"]));
      children.push(new docx.Table({ rows: [row(["指标", "单位", "完成", "上年", "备注"]), ...rows] }));
      return docx.Packer.toBuffer(new docx.Document({ sections: [{ children }] }));
    };
  },
};

async function main() {
  const make = makers[name]();
  const began = process.hrtime.bigint();
  for (let number = 0; number < Number(count); number++) {
    const data = JSON.parse(contexts[number % contexts.length]);
    fs.writeFileSync(path.join(folder, "out", `${number}.docx`), await make(data));
  }
  console.log(Number(process.hrtime.bigint() - began) / 1e9);
}

main();
