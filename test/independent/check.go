// Checks a mirror of a ledger, or the inclusion proofs of a bundle, with the Go team's sumdb packages alone: an
// implementation of notes, trees, tiles and proofs that nobody here wrote.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run check.go VERIFIER-KEY FOLDER
//
// Debian has the packages: golang-go and golang-golang-x-mod-dev. What it does not cover: cosignatures (sumdb knows
// signatures of type 1 alone), the canonical form of leaves, the chain within a stream, payloads, acts and the report.
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

var folder string

func fail(format string, values ...interface{}) {
	fmt.Printf("wrong: "+format+"\n", values...)
	os.Exit(1)
}

func must(err error, what string) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

func read(path string) []byte {
	data, err := os.ReadFile(filepath.Join(folder, path))
	must(err, path)
	return data
}

// checkpoint opens a signed note and gives the tree that its text is of.
func checkpoint(data []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(data, note.VerifierList(verifier))
	must(err, "the note")
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		fail("the checkpoint has another form or origin")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "the size")
	root, err := tlog.ParseHash(lines[2])
	must(err, "the root")
	return tlog.Tree{N: size, Hash: root}
}

// tiles reads the tiles of the folder; its paths lack the height, which is always 8.
type tiles struct{}

func (tiles) Height() int { return height }

func (tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, err := os.ReadFile(filepath.Join(folder, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// entries gives the leaves of one bundle of entries.
func entries(tile tlog.Tile) [][]byte {
	data := read(strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1))
	var all [][]byte
	for len(data) >= 2 {
		length := int(data[0])<<8 | int(data[1])
		if len(data) < 2+length {
			fail("a bundle of entries ends too early")
		}
		all = append(all, data[2:2+length])
		data = data[2+length:]
	}
	return all
}

func mirror(tree tlog.Tree, verifier note.Verifier) {
	reader := tlog.TileHashReader(tree, tiles{})
	leaves := int64(0)
	for first := int64(0); first < tree.N; first += 1 << height {
		width := tree.N - first
		if width > 1<<height {
			width = 1 << height
		}
		for _, entry := range entries(tlog.Tile{H: height, L: 0, N: first >> height, W: int(width)}) {
			proof, err := tlog.ProveRecord(tree.N, leaves, reader)
			must(err, fmt.Sprintf("leaf %d", leaves))
			must(tlog.CheckRecord(proof, tree.N, tree.Hash, leaves, tlog.RecordHash(entry)), fmt.Sprintf("leaf %d", leaves))
			leaves++
		}
	}
	if leaves != tree.N {
		fail("%d leaves and not %d", leaves, tree.N)
	}
	older, _ := filepath.Glob(filepath.Join(folder, "checkpoints", "*"))
	for _, path := range older {
		data, err := os.ReadFile(path)
		must(err, path)
		old := checkpoint(data, verifier)
		proof, err := tlog.ProveTree(tree.N, old.N, reader)
		must(err, path)
		must(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash), path)
	}
	fmt.Printf("right: %d leaves, %d earlier checkpoints\n", leaves, len(older))
}

func bundle(tree tlog.Tree, signed []byte) {
	proofs, _ := filepath.Glob(filepath.Join(folder, "proofs", "*.tlog-proof"))
	for _, path := range proofs {
		data, err := os.ReadFile(path)
		must(err, path)
		parts := bytes.SplitN(data, []byte("\n\n"), 2)
		lines := strings.Split(string(parts[0]), "\n")
		if len(parts) != 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !bytes.Equal(parts[1], signed) {
			fail("%s has another form or checkpoint", path)
		}
		index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
		must(err, path)
		var proof tlog.RecordProof
		for _, line := range lines[2:] {
			hash, err := base64.StdEncoding.DecodeString(line)
			must(err, path)
			proof = append(proof, tlog.Hash{})
			copy(proof[len(proof)-1][:], hash)
		}
		leaf := read(fmt.Sprintf("leaves/%d.json", index))
		must(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(leaf)), path)
	}
	if len(proofs) == 0 {
		fail("there are no proofs")
	}
	fmt.Printf("right: %d proofs\n", len(proofs))
}

func main() {
	if len(os.Args) != 3 {
		fmt.Println("call: check VERIFIER-KEY FOLDER")
		os.Exit(64)
	}
	verifier, err := note.NewVerifier(os.Args[1])
	must(err, "the verifier key")
	folder = os.Args[2]
	signed := read("checkpoint")
	tree := checkpoint(signed, verifier)
	if _, err := os.Stat(filepath.Join(folder, "manifest.json")); err == nil {
		bundle(tree, signed)
		return
	}
	mirror(tree, verifier)
}
