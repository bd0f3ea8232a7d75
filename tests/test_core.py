def test_smoke(client):
    assert client.get("/en/nothing").status_code == 404
    assert client.get("/nothing", headers={"Accept-Language": "fr"}).status_code == 404
