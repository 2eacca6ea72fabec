// A judge of notes and proofs by golang.org/x/mod/sumdb: it has none of this project's code.
//
// It reads lines from standard input, each a JSON object, and answers each with one line, "ok" or
// "no: " and the reason:
//
//	{"kind": "note", "key": VKEY, "note": TEXT}
//	{"kind": "inclusion", "size": N, "root": BASE64, "index": N, "leaf": BASE64, "proof": [BASE64]}
//	{"kind": "consistency", "size": N, "root": BASE64, "old": N, "old_root": BASE64, "proof": […]}
//	{"kind": "tree", "size": N, "root": BASE64, "folder": PATH}
//	{"kind": "sign", "key": SIGNER KEY, "note": TEXT}
//
// A tree is read through Go's own tile reader from a folder of tiles, and a proof made and checked
// for every leaf. What "sign" answers is a whole note, in base64.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Kind    string   `json:"kind"`
	Key     string   `json:"key"`
	Note    string   `json:"note"`
	Size    int64    `json:"size"`
	Root    string   `json:"root"`
	Index   int64    `json:"index"`
	Leaf    string   `json:"leaf"`
	Old     int64    `json:"old"`
	OldRoot string   `json:"old_root"`
	Proof   []string `json:"proof"`
	Folder  string   `json:"folder"`
}

// folder gives tiles as they lie on the disk; Go's paths have the tile height in them, ours not.
type folder string

func (f folder) Height() int                         { return 8 }
func (f folder) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func hashes(texts []string) ([]tlog.Hash, error) {
	var found []tlog.Hash
	for _, text := range texts {
		hash, err := tlog.ParseHash(text)
		if err != nil {
			return nil, err
		}
		found = append(found, hash)
	}
	return found, nil
}

func checkTree(q question, root tlog.Hash) error {
	reader := tlog.TileHashReader(tlog.Tree{N: q.Size, Hash: root}, folder(q.Folder))
	for index := int64(0); index < q.Size; index++ {
		proof, err := tlog.ProveRecord(q.Size, index, reader)
		if err != nil {
			return err
		}
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, q.Size, root, index, leaf[0]); err != nil {
			return err
		}
	}
	return nil
}

func judge(q question) error {
	if q.Kind == "note" {
		verifier, err := note.NewVerifier(q.Key)
		if err != nil {
			return err
		}
		_, err = note.Open([]byte(q.Note), note.VerifierList(verifier))
		return err
	}
	proof, err := hashes(q.Proof)
	if err != nil {
		return err
	}
	ends, err := hashes([]string{q.Root})
	if err != nil {
		return err
	}
	switch q.Kind {
	case "inclusion":
		leaf, err := tlog.ParseHash(q.Leaf)
		if err != nil {
			return err
		}
		return tlog.CheckRecord(proof, q.Size, ends[0], q.Index, leaf)
	case "consistency":
		old, err := tlog.ParseHash(q.OldRoot)
		if err != nil {
			return err
		}
		return tlog.CheckTree(proof, q.Size, ends[0], q.Old, old)
	case "tree":
		return checkTree(q, ends[0])
	}
	return fmt.Errorf("unknown kind %q", q.Kind)
}

func sign(q question) (string, error) {
	signer, err := note.NewSigner(q.Key)
	if err != nil {
		return "", err
	}
	signed, err := note.Sign(&note.Note{Text: q.Note}, signer)
	return base64.StdEncoding.EncodeToString(signed), err
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var q question
		answer, err := "ok", json.Unmarshal(lines.Bytes(), &q)
		if err == nil && q.Kind == "sign" {
			answer, err = sign(q)
		} else if err == nil {
			err = judge(q)
		}
		if err != nil {
			answer = "no: " + strings.ReplaceAll(err.Error(), "\n", " ")
		}
		fmt.Println(answer)
	}
}
