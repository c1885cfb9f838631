// Renders the templates of a chart with the parts that helm's own engine is made of: text/template, Sprig and sigs.k8s.io/yaml.
// render CHART VALUES.json > YAML; what "fail" and "required" say goes to standard error, with exit code 1.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

func read(file string) map[string]interface{} {
	text, err := os.ReadFile(file)
	end(err)
	values := map[string]interface{}{}
	end(yaml.Unmarshal(text, &values))
	return values
}

func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// As helm merges what is given into what the chart has.
func merge(base, more map[string]interface{}) {
	for key, value := range more {
		inner, isMap := value.(map[string]interface{})
		if own, isOwn := base[key].(map[string]interface{}); isMap && isOwn {
			merge(own, inner)
		} else {
			base[key] = value
		}
	}
}

func main() {
	chart := os.Args[1]
	values := read(filepath.Join(chart, "values.yaml"))
	given := map[string]interface{}{}
	end(json.Unmarshal([]byte(os.Args[2]), &given))
	merge(values, given)
	about := read(filepath.Join(chart, "Chart.yaml"))
	named := map[string]interface{}{}
	for key, value := range about {
		named[strings.ToUpper(key[:1])+key[1:]] = value
	}
	all := template.New("chart").Option("missingkey=zero")
	functions := sprig.TxtFuncMap()
	functions["include"] = func(name string, data interface{}) (string, error) {
		var out bytes.Buffer
		err := all.ExecuteTemplate(&out, name, data)
		return out.String(), err
	}
	functions["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	functions["required"] = func(says string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return nil, fmt.Errorf("%s", says)
		}
		return value, nil
	}
	all.Funcs(functions)
	files, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	end(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		end(err)
		_, err = all.New(filepath.Base(file)).Parse(string(text))
		end(err)
	}
	data := map[string]interface{}{
		"Values":  values,
		"Chart":   named,
		"Release": map[string]interface{}{"Name": "talks", "Service": "Helm"},
	}
	for _, file := range files {
		if filepath.Ext(file) != ".yaml" && os.Getenv("NOTES") == "" {
			continue
		}
		var out bytes.Buffer
		end(all.ExecuteTemplate(&out, filepath.Base(file), data))
		fmt.Printf("---\n%s\n", out.String())
	}
}
