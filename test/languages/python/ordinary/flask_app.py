from flask import Flask, jsonify, request

app = Flask(__name__)
items = []


@app.route("/items", methods=["GET", "POST"])
def handle_items():
    if request.method == "POST":
        body = request.get_json()
        body["id"] = len(items) + 1
        items.append(body)
        return jsonify(body), 201
    limit = int(request.args.get("limit", 20))
    offset = int(request.args.get("offset", 0))
    return jsonify(items[offset : offset + limit])


if __name__ == "__main__":
    app.run(port=8000)
